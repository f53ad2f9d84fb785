using System.Globalization;

namespace Observe.Bench.Measure;

/// <summary>Reads what a process uses from /proc (Linux).</summary>
/// <remarks>https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html</remarks>
internal sealed class ProcessMeter(int pid, TimeProvider time)
{
    /// <summary>Linux reports to user space in hundredths of a second on every platform that .NET runs on.</summary>
    private const double TicksPerSecond = 100;

    /// <summary>A process that uses less than this share of one processor is at rest.</summary>
    private const double QuietShare = 0.05;

    private static readonly TimeSpan QuietFor = TimeSpan.FromSeconds(3);

    /// <exception cref="BenchException">There is no such process.</exception>
    public ProcessReading Read()
    {
        string stat = ReadFile("stat");
        // The name in brackets may hold spaces; utime and stime are fields 14 and 15, and field 3 follows the bracket.
        string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        double ticks = double.Parse(fields[11], CultureInfo.InvariantCulture) + double.Parse(fields[12], CultureInfo.InvariantCulture);
        string[] status = ReadFile("status").Split('\n');
        return new ProcessReading(ticks / TicksPerSecond, Kilobytes(status, "VmRSS:"), Kilobytes(status, "VmHWM:"));
    }

    /// <summary>Waits until the process has been at rest for a while, so that merges and flushes it still owes are counted.</summary>
    /// <returns>False when it was still busy after <paramref name="limit"/>.</returns>
    public async Task<bool> SettleAsync(TimeSpan limit, CancellationToken cancellation)
    {
        long started = time.GetTimestamp();
        while (time.GetElapsedTime(started) < limit)
        {
            double before = Read().CpuSeconds;
            await Task.Delay(QuietFor, time, cancellation);
            if (Read().CpuSeconds - before < QuietShare * QuietFor.TotalSeconds)
            {
                return true;
            }
        }

        return false;
    }

    private string ReadFile(string name)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/{name}");
        }
        catch (IOException e)
        {
            throw new BenchException($"The process {pid} cannot be measured, perhaps because it has ended. Say with --pid which one is the server's.", e);
        }
    }

    private static long Kilobytes(string[] status, string name)
    {
        string line = Array.Find(status, line => line.StartsWith(name, StringComparison.Ordinal)) ?? name + " 0 kB";
        return long.Parse(line[name.Length..^2], NumberStyles.Integer, CultureInfo.InvariantCulture) * 1024;
    }
}
