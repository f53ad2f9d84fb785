namespace Observe.Ingest.Cardinality;

/// <summary>The memory in which series are counted, of all days and metrics together. Thread-safe.</summary>
internal sealed class SeriesMemory
{
    /// <summary>Longer names of metrics and attributes are not counted by. OpenTelemetry's SDKs have names of metrics of at most 255.</summary>
    public const int MaxNameBytes = 1_024;

    /// <param name="maxBytes">How much there is.</param>
    public SeriesMemory(long maxBytes)
    {
        Whole = new MemoryShare(maxBytes);
        Names = new MemoryShare(maxBytes / 2, Whole);
    }

    /// <summary>All of it.</summary>
    public MemoryShare Whole { get; }

    /// <summary>
    /// For metrics and attributes, apart from the hashes of their series and values. One request can make up a hundred thousand of them: it must not take the memory in
    /// which the metrics grow that are limited.
    /// </summary>
    public MemoryShare Names { get; }

    /// <summary>Whether less than half is left, of all or of what is for names.</summary>
    public bool IsHalfTaken => Whole.IsHalfTaken || Names.IsHalfTaken;

    /// <summary>Whether less than a quarter is left, of all or of what is for names.</summary>
    public bool IsScarce => Whole.IsScarce || Names.IsScarce;
}
