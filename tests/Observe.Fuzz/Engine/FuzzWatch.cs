using System.Diagnostics;

namespace Observe.Fuzz.Engine;

/// <summary>Looks from outside whether workers move on and memory stays bounded.</summary>
internal sealed class FuzzWatch(FuzzWorker[] workers, FuzzOptions options)
{
    private readonly long[] _seen = new long[workers.Length];
    private readonly long[] _seenAt = new long[workers.Length];

    public long PeakResidentBytes { get; private set; } = Environment.WorkingSet;

    /// <summary>The worker whose input is to be blamed.</summary>
    public FuzzWorker Suspect { get; private set; } = workers[0];

    /// <returns>What is wrong; null when nothing is.</returns>
    public string? Look()
    {
        long now = Stopwatch.GetTimestamp();
        for (int i = 0; i < workers.Length; i++)
        {
            long executions = workers[i].Executions;
            if (executions != _seen[i] || _seenAt[i] == 0)
            {
                _seen[i] = executions;
                _seenAt[i] = now;
            }
            else if (Stopwatch.GetElapsedTime(_seenAt[i], now) > options.HangLimit && workers[i].Finding is null)
            {
                Suspect = workers[i];
                return $"Execution {executions} of worker {i} hangs: it has been running for more than {options.HangLimit.TotalSeconds:F0} s.";
            }
        }

        PeakResidentBytes = Math.Max(PeakResidentBytes, Environment.WorkingSet);
        return PeakResidentBytes > options.MaxResidentBytes
            ? $"The process has {PeakResidentBytes >> 20} MiB of resident memory, more than the {options.MaxResidentBytes >> 20} MiB that it may have. The input is the one that ran then."
            : null;
    }
}
