namespace Observe.Bench.Measure;

/// <summary>Every latency of a run: there is one per request, so that exact percentiles cost little.</summary>
internal sealed class Latencies
{
    private readonly List<double> _milliseconds = [];

    public int Count => _milliseconds.Count;

    public void Add(TimeSpan latency) => _milliseconds.Add(latency.TotalMilliseconds);

    public void AddAll(Latencies other) => _milliseconds.AddRange(other._milliseconds);

    public LatencySummary Summarize()
    {
        double[] sorted = [.. _milliseconds.Order()];
        double At(double share) => sorted.Length == 0 ? 0 : Math.Round(sorted[Math.Max((int)Math.Ceiling(share * sorted.Length) - 1, 0)], 3);
        return new LatencySummary(At(0.5), At(0.9), At(0.99), At(1));
    }
}
