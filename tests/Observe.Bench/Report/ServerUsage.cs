using Observe.Bench.Measure;

namespace Observe.Bench.Report;

/// <summary>What the measured process spent on a load.</summary>
/// <param name="CpuSeconds">From the first request to the last acknowledgement.</param>
/// <param name="CpuSecondsSettled">From the first request until the process was at rest; null when that was not waited for.</param>
/// <param name="AtRest">Whether it came to rest within the time it was given; null when that was not waited for.</param>
/// <param name="RecordsPerCpuSecond">Acknowledged records per second of processor time, the settled one where there is one.</param>
internal sealed record ServerUsage(
    double CpuSeconds,
    double? CpuSecondsSettled,
    bool? AtRest,
    double RecordsPerCpuSecond,
    long ResidentBytesBefore,
    long ResidentBytesAfter,
    long? ResidentBytesSettled,
    long PeakResidentBytes)
{
    /// <summary>From readings before the load, after it and at rest; null without the first two.</summary>
    public static ServerUsage? Of(long acknowledged, ProcessReading? before, ProcessReading? after, ProcessReading? atRest, bool? settled)
    {
        if (before is null || after is null)
        {
            return null;
        }

        double cpu = Math.Round(after.CpuSeconds - before.CpuSeconds, 2);
        double? whole = atRest is null ? null : Math.Round(atRest.CpuSeconds - before.CpuSeconds, 2);
        double spent = whole ?? cpu;
        return new ServerUsage(
            cpu,
            whole,
            settled,
            spent > 0 ? Math.Round(acknowledged / spent) : 0,
            before.ResidentBytes,
            after.ResidentBytes,
            atRest?.ResidentBytes,
            (atRest ?? after).PeakResidentBytes);
    }
}
