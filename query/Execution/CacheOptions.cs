namespace Observe.Query.Execution;

/// <summary>Answers that are given again. Configuration section <c>Observe:Query:Cache</c>.</summary>
public sealed class CacheOptions
{
    /// <summary>Bytes of all kept answers together; 0 keeps none.</summary>
    public long MaxBytes { get; set; } = 32L << 20;

    /// <summary>Bytes of one kept answer. What is larger is no panel of a dashboard.</summary>
    public long MaxEntryBytes { get; set; } = 1L << 20;

    /// <summary>
    /// How old an answer may be without asking whether something was stored since. Dashboards of many viewers ask the same within seconds,
    /// and records take a fraction of a second to be found anyway.
    /// </summary>
    public TimeSpan MaxAge { get; set; } = TimeSpan.FromSeconds(2);
}
