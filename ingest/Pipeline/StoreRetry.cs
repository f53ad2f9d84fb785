using Observe.Storage.Engine;

namespace Observe.Ingest.Pipeline;

/// <summary>What to do when the engine did not take a batch: a pure rule, without clock and without effects.</summary>
/// <remarks>
/// <code>
/// the engine is away, its disk is full, it takes too long ──▶ the same batch again, after a growing delay, for ever: the journal has the data
/// the engine objects ── a table or column is missing ───────▶ the same: no request is at fault (the caller probes for that)
///                    └─ only to these rows ─────────────────▶ find the request that they come from and set it aside
/// </code>
/// </remarks>
internal static class StoreRetry
{
    /// <summary>
    /// Failures of an unknown kind in a row before the rows are suspected: about four minutes. What passes by itself, such as a lack of memory, must
    /// not set anybody's records aside.
    /// </summary>
    public const int PatienceWithUnknownFailures = 30;

    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(10);

    /// <summary>How long to wait before the next attempt: doubled each time, at most ten seconds, less up to a quarter by chance.</summary>
    /// <param name="failures">Failures in a row, 1 or more.</param>
    /// <param name="chance">From 0 to 1.</param>
    public static TimeSpan Delay(int failures, double chance)
    {
        double delay = Math.Min(FirstDelay.TotalMilliseconds * Math.Pow(2, Math.Min(failures - 1, 20)), LongestDelay.TotalMilliseconds);
        return TimeSpan.FromMilliseconds(delay * (1 - (chance / 4)));
    }

    /// <summary>Whether the rows themselves may be what the engine does not like.</summary>
    public static bool SuspectsRows(StorageException failure, int failures) => failure.Error switch
    {
        StorageError.BadStatement => true,
        StorageError.Failed or StorageError.MemoryLimit or StorageError.RowLimit => failures >= PatienceWithUnknownFailures,
        _ => false,
    };
}
