namespace Observe.Bench.Otlp;

/// <summary>Spreads blocks evenly over a span of time.</summary>
/// <param name="From">Unix nanoseconds.</param>
/// <param name="To">Unix nanoseconds.</param>
/// <param name="Blocks">How many blocks the time is divided by.</param>
internal sealed record TrafficClock(long From, long To, long Blocks)
{
    public long StartOf(long block) => From + (long)((Int128)(To - From) * block / Math.Max(Blocks, 1));

    /// <summary>The block that a time lies in.</summary>
    public long BlockAt(long time) =>
        To == From ? 0 : Math.Clamp((long)((Int128)(time - From) * Blocks / (To - From)), 0, Math.Max(Blocks - 1, 0));
}
