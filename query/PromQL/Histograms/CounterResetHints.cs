namespace Observe.Query.PromQL.Histograms;

/// <summary>The hint of a histogram that was made of two.</summary>
internal static class CounterResetHints
{
    public static CounterResetHint Combine(CounterResetHint left, CounterResetHint right) => (left, right) switch
    {
        _ when left == right => left,
        (CounterResetHint.Gauge, _) or (_, CounterResetHint.Gauge) => CounterResetHint.Gauge,
        _ => CounterResetHint.Unknown,
    };

    /// <summary>Whether one says that the counter was reset and the other that it was not.</summary>
    public static bool Collide(CounterResetHint left, CounterResetHint right) =>
        (left, right) is (CounterResetHint.CounterReset, CounterResetHint.NotCounterReset) or (CounterResetHint.NotCounterReset, CounterResetHint.CounterReset);
}
