using Observe.Query.Compilation;
using Observe.Query.Compilation.Pipeline;
using Observe.Query.Execution;
using Observe.Storage.Engine;

namespace Observe.Query.Search;

/// <summary>Answers searches over logs and spans.</summary>
/// <remarks>
/// All members throw <see cref="Language.QuerySyntaxException"/> for a wrong query, with its position, and
/// <see cref="Storage.Engine.StorageException"/> when the engine fails or a limit on time or memory ends the query, and what <see cref="IQueryEngine"/>
/// throws when there are too many.
/// </remarks>
public interface ISearchService
{
    Task<SearchResult> SearchAsync(SearchRequest request, CancellationToken cancellationToken);

    /// <summary>Counts over time; <see cref="SearchRequest.Limit"/> does not matter.</summary>
    /// <param name="bins">About so many bins; their width is rounded to one that people count in.</param>
    Task<Histogram> HistogramAsync(SearchRequest request, int bins, CancellationToken cancellationToken);

    /// <summary>Starts a search for a program that reads it to its end; <see cref="SearchRequest.Limit"/> may be as large as <see cref="QueryLimits.MaxExportRows"/>.</summary>
    /// <remarks>Nothing is asked of the engine before the answer is enumerated, which then throws what the other members throw.</remarks>
    Task<SearchStream> StreamAsync(SearchRequest request, CancellationToken cancellationToken);

    /// <summary>Starts a search whose answer the engine itself writes. Records are a table too: see <see cref="PipelineCompiler.Export"/>.</summary>
    /// <remarks>More than <see cref="QueryLimits.MaxRecords"/> records come by five minutes, the latest first, and in no order within these.</remarks>
    /// <exception cref="ResultLimitException">There are more rows than an answer that must be whole may have.</exception>
    Task<FormattedResult> ExportAsync(SearchRequest request, ResultFormat format, CancellationToken cancellationToken);

    /// <summary>What <see cref="SearchAsync"/> would read: its statements in the order in which they run until enough rows are found.</summary>
    Task<IReadOnlyList<StatementPlan>> ExplainAsync(SearchRequest request, CancellationToken cancellationToken);

    /// <summary>What <see cref="HistogramAsync"/> would read.</summary>
    Task<IReadOnlyList<StatementPlan>> ExplainHistogramAsync(SearchRequest request, int bins, CancellationToken cancellationToken);
}
