namespace Observe.Query.Search;

/// <summary>A metric series: a metric's name, type and unit with one set of attributes, of one resource and scope.</summary>
public sealed record SeriesRecord : SearchRecord
{
    /// <summary>16 lower-case hex digits.</summary>
    public required string SeriesId { get; init; }

    /// <summary>The metric's, as it was sent.</summary>
    public required string Name { get; init; }

    /// <summary><c>gauge</c>, <c>sum</c>, <c>histogram</c>, <c>exponential_histogram</c> or <c>summary</c>.</summary>
    public required string Type { get; init; }

    /// <summary>In UCUM, as it was sent; empty for none.</summary>
    public required string Unit { get; init; }

    /// <summary>As it was sent last in the time range.</summary>
    public required string Description { get; init; }

    /// <summary><c>unspecified</c> (gauges and summaries have none), <c>delta</c> or <c>cumulative</c>.</summary>
    public required string Temporality { get; init; }

    /// <summary>Whether it is a sum that only grows.</summary>
    public required bool IsMonotonic { get; init; }

    /// <summary>The last day (UTC) of those in the time range on which it was seen.</summary>
    public required DateOnly LastDay { get; init; }

    /// <summary>What the sender says of the metric besides.</summary>
    public required IReadOnlyDictionary<string, object?> Metadata { get; init; }
}
