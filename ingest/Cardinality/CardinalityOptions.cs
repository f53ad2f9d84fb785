namespace Observe.Ingest.Cardinality;

/// <summary>Configuration section <c>Observe:Ingest:Cardinality</c>: how many series metrics may have. 0 is no limit.</summary>
/// <remarks>
/// Every series is a row with its labels, which every question about its metric looks through for as long as its day is kept. What is there already goes on
/// being stored when a limit is reached; only points of further series are refused.
/// </remarks>
public sealed class CardinalityOptions
{
    public const string Section = $"{IngestOptions.Section}:Cardinality";

    /// <summary>
    /// Series that one metric may have on one UTC day, counted by its name over all services. The largest sane ones (a latency by route and status on 10,000 pods) have 100,000;
    /// a million leaves room for ten times that, and to count it one by one takes 16 MB.
    /// </summary>
    public int MaxSeriesPerMetric { get; set; } = 1_000_000;

    /// <summary>
    /// Values that one attribute of a metric may have on one UTC day. Half of <see cref="MaxSeriesPerMetric"/>: an attribute that runs away (a user, a request) meets its own
    /// limit first, and the other half is left to the series that do not have it or have it with known values.
    /// </summary>
    public int MaxValuesPerKey { get; set; } = 500_000;
}
