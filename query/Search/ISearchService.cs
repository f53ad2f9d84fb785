namespace Observe.Query.Search;

/// <summary>Answers searches over logs and spans.</summary>
/// <remarks>
/// All members throw <see cref="Language.QuerySyntaxException"/> for a wrong query, with its position, and
/// <see cref="Storage.Engine.StorageException"/> when the engine fails or a limit on time or memory ends the query.
/// </remarks>
public interface ISearchService
{
    Task<SearchResult> SearchAsync(SearchRequest request, CancellationToken cancellationToken);

    /// <summary>Counts over time; <see cref="SearchRequest.Limit"/> does not matter.</summary>
    /// <param name="bins">About so many bins; their width is rounded to one that people count in.</param>
    Task<Histogram> HistogramAsync(SearchRequest request, int bins, CancellationToken cancellationToken);
}
