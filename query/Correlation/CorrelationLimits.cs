namespace Observe.Query.Correlation;

/// <summary>What one timeline may cost.</summary>
internal static class CorrelationLimits
{
    /// <summary>Records of a timeline when nothing is said: an id that joins one matter rarely has more.</summary>
    public const int DefaultRecords = 1000;

    /// <summary>
    /// Records of each signal that are counted exactly. The first so many of an id that every second record carries are found in a hundredth of a second, and
    /// then it is told about how many there are.
    /// </summary>
    public const int MaxCounted = 20_000;

    /// <summary>Different ids beside the one asked for that are kept in mind while counting, and of which the most frequent are returned.</summary>
    public const int MaxRelatedKept = 50_000;
    public const int MaxRelated = 100;

    /// <summary>Traces that an expansion goes on to: more are a list of traces, not one matter.</summary>
    public const int MaxTraces = 100;

    /// <summary>How long before the first and after the last record with the id the rest of their traces is looked for.</summary>
    public const long TraceBeforeNs = 3_600_000_000_000;
    public const long TraceAfterNs = 86_400_000_000_000;
}
