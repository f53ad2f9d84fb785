using Observe.Storage.Engine;

namespace Observe.Query.Search;

/// <summary>What a search found: records, or a table when the query's stages made other rows of them.</summary>
/// <param name="Signal">What the query's records are.</param>
/// <param name="Records">
/// In the query's order; without a sort the latest first, series by name; all <see cref="LogRecord"/>, all <see cref="SpanRecord"/> or all <see cref="SeriesRecord"/>, as <paramref name="Signal"/> says.
/// Empty when there is a table.
/// </param>
/// <param name="Computed">The fields that stages added to the records, as <see cref="SearchRecord.Computed"/> names them.</param>
/// <param name="Table">Null for records.</param>
/// <param name="Notices">What the user should know: a limit that was hit, an unknown field with the nearest known names.</param>
public sealed record SearchResult(
    SearchSignal Signal,
    IReadOnlyList<SearchRecord> Records,
    IReadOnlyList<ResultField> Computed,
    ResultTable? Table,
    QueryStatistics Statistics,
    IReadOnlyList<string> Notices)
{
    /// <summary>That there are more than these; null where these are all.</summary>
    public SearchCut? Cut { get; init; }

    /// <summary>The one of the notices that says of which days series are; null where they are of those that were asked for.</summary>
    public string? DaysNotice { get; init; }
}
