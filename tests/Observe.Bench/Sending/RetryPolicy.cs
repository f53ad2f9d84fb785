namespace Observe.Bench.Sending;

/// <summary>How long to wait before a request is sent again: what the server asks for, else twice as long each time, with jitter.</summary>
/// <param name="giveUpAfter">No more attempts once this has passed since the first.</param>
internal sealed class RetryPolicy(TimeSpan giveUpAfter)
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    /// <param name="attempt">1 after the first attempt.</param>
    /// <param name="jitter">From 0 to 1.</param>
    /// <returns>False when it is time to give up.</returns>
    public bool TryNext(int attempt, TimeSpan elapsed, TimeSpan? asked, double jitter, out TimeSpan delay)
    {
        double doubled = First.TotalMilliseconds * Math.Pow(2, Math.Min(attempt - 1, 10));
        delay = asked ?? TimeSpan.FromMilliseconds(Math.Min(doubled, Longest.TotalMilliseconds) * (0.5 + (jitter / 2)));
        return elapsed + delay <= giveUpAfter;
    }
}
