namespace Observe.Query.SelfMetrics;

/// <summary>What a measurement does to its series.</summary>
internal enum MetricAggregation
{
    /// <summary>It is added.</summary>
    Sum,

    /// <summary>It replaces the one before.</summary>
    Last,

    /// <summary>It holds for one reading: a series that is not observed the next time is not there any more.</summary>
    Observed,

    /// <summary>It is counted in its bucket.</summary>
    Buckets,
}
