namespace Observe.Query.Time;

/// <summary>A stretch of time that a question is about.</summary>
/// <param name="From">First instant, in Unix nanoseconds, inclusive.</param>
/// <param name="To">End, in Unix nanoseconds, exclusive.</param>
public readonly record struct TimeRange(long From, long To)
{
    public TimeSpan Duration => TimeSpan.FromTicks((To - From) / TimeSpan.NanosecondsPerTick);
}
