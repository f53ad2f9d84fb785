namespace Observe.Bench.Measure;

/// <summary>What a process has used so far.</summary>
/// <param name="CpuSeconds">User and system time of all its threads, ended ones too.</param>
/// <param name="ResidentBytes">Now.</param>
/// <param name="PeakResidentBytes">Since it started.</param>
internal sealed record ProcessReading(double CpuSeconds, long ResidentBytes, long PeakResidentBytes);
