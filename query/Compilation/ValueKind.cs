namespace Observe.Query.Compilation;

/// <summary>What kind of values a field or column has.</summary>
public enum ValueKind
{
    Text,
    Number,

    /// <summary>Nanoseconds.</summary>
    Duration,
    Time,
    Bool,

    /// <summary>Values whose type differs from record to record.</summary>
    Any,
    List,

    /// <summary>An object of flat paths.</summary>
    Json,
}
