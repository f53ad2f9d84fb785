namespace Observe.Query.Tail;

/// <summary>What one poll may cost.</summary>
internal static class TailLimits
{
    /// <summary>Records a second that a viewer gets when nothing is said: more go by faster than they are read.</summary>
    public const int DefaultRate = 100;

    /// <summary>What a viewer that does not keep up is behind by, in polls; then what arrives is passed over.</summary>
    public const int BufferedPolls = 16;

    /// <summary>What one poll may bring. Records that large are too much to read as they go by.</summary>
    public const long BatchBytes = 8 << 20;

    /// <summary>What waits for one viewer, unless a single batch is larger.</summary>
    public const long BufferedBytes = 16 << 20;

    /// <summary>How much larger records are taken to be than they were thought to be when the engine had no memory for them.</summary>
    public const int MemoryFactor = 4;

    /// <summary>Asking again, when a merge replaced parts between looking for them and reading them. A merge takes longer than a poll.</summary>
    public const int MaxAttempts = 5;

    /// <summary>The pause after a poll is at least so many times as long as it took, so that all viewers together take at most a fifth of one processor.</summary>
    public const int PauseFactor = 4;

    /// <summary>A field that no record of this last time has is called unknown.</summary>
    public const long FieldsNs = 3_600_000_000_000;
}
