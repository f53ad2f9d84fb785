namespace Observe.Query.Search;

/// <summary>A log record or a span as a search returns it, with every field that was sent.</summary>
/// <remarks>
/// Attribute dictionaries map flat names (<c>http.route</c>) to long, double, string, bool, null, <c>object?[]</c> or, inside arrays, nested
/// dictionaries, in the order of their names.
/// </remarks>
public abstract record SearchRecord
{
    private static readonly IReadOnlyDictionary<string, object?> NothingComputed = new Dictionary<string, object?>();

    /// <summary>A log's time (its observed time where it had none), a span's start, in Unix nanoseconds.</summary>
    public required long Timestamp { get; init; }

    public required string ServiceName { get; init; }

    /// <summary>32 lower-case hex digits, or empty.</summary>
    public required string TraceId { get; init; }

    /// <summary>16 lower-case hex digits, or empty.</summary>
    public required string SpanId { get; init; }

    public required uint Flags { get; init; }

    public required string ScopeName { get; init; }

    public required string ScopeVersion { get; init; }

    public required IReadOnlyDictionary<string, object?> Attributes { get; init; }

    public required IReadOnlyDictionary<string, object?> ResourceAttributes { get; init; }

    public required IReadOnlyDictionary<string, object?> ScopeAttributes { get; init; }

    public required uint DroppedAttributesCount { get; init; }

    public string ResourceSchemaUrl { get; init; } = "";

    public uint ResourceDroppedAttributesCount { get; init; }

    public string ScopeSchemaUrl { get; init; } = "";

    public uint ScopeDroppedAttributesCount { get; init; }

    /// <summary>What the query's stages computed for this record, by name; empty if they computed nothing.</summary>
    public IReadOnlyDictionary<string, object?> Computed { get; init; } = NothingComputed;
}
