namespace Observe.Query.Search;

/// <summary>A log record, a span or a metric series as a search returns it, with every field that was sent.</summary>
/// <remarks>
/// Attribute dictionaries map flat names (<c>http.route</c>) to long, double, string, bool, null, <c>object?[]</c> or, inside arrays, nested
/// dictionaries, in the order of their names.
/// </remarks>
public abstract record SearchRecord
{
    private static readonly IReadOnlyDictionary<string, object?> NothingComputed = new Dictionary<string, object?>();

    public required string ServiceName { get; init; }

    public required string ScopeName { get; init; }

    public required string ScopeVersion { get; init; }

    public required IReadOnlyDictionary<string, object?> Attributes { get; init; }

    public required IReadOnlyDictionary<string, object?> ResourceAttributes { get; init; }

    public required IReadOnlyDictionary<string, object?> ScopeAttributes { get; init; }

    public string ResourceSchemaUrl { get; init; } = "";

    public uint ResourceDroppedAttributesCount { get; init; }

    public string ScopeSchemaUrl { get; init; } = "";

    public uint ScopeDroppedAttributesCount { get; init; }

    /// <summary>What the query's stages computed for this record, by name; empty if they computed nothing.</summary>
    public IReadOnlyDictionary<string, object?> Computed { get; init; } = NothingComputed;
}
