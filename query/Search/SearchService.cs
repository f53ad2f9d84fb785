using System.Globalization;
using Observe.Query.Compilation;
using Observe.Query.Fields;
using Observe.Query.Time;
using Observe.Storage.Engine;

namespace Observe.Query.Search;

/// <inheritdoc cref="ISearchService"/>
internal sealed class SearchService(IStorageEngine engine, RecordReader records, UnknownFields unknownFields, TimeProvider time) : ISearchService
{
    private readonly SearchCompiler _compiler = new(time);

    public async Task<SearchResult> SearchAsync(SearchRequest request, CancellationToken cancellationToken)
    {
        int limit = Math.Clamp(request.Limit, 1, QueryLimits.MaxRecords);
        CompiledSearch search = await CompileAsync(request.Query, request.Range, cancellationToken);

        // One more than wanted tells whether there are more.
        Task<(IReadOnlyList<SearchRecord> Records, QueryStatistics Statistics)> reading =
            records.ReadAsync(search.Signal, SearchCompiler.Records(search, limit + 1), cancellationToken);
        Task<IReadOnlyList<string>> checking = unknownFields.NoticesAsync(search, request.Range, cancellationToken);
        await Task.WhenAll(reading, checking);
        (IReadOnlyList<SearchRecord> found, QueryStatistics statistics) = await reading;
        List<string> notices = [.. await checking];
        if (found.Count > limit)
        {
            found = [.. found.Take(limit)];
            notices.Add(string.Create(CultureInfo.InvariantCulture, $"These are the latest {limit} matching records; there are more in this time range."));
        }

        return new SearchResult(search.Signal, found, statistics, notices);
    }

    public async Task<Histogram> HistogramAsync(SearchRequest request, int bins, CancellationToken cancellationToken)
    {
        CompiledSearch search = await CompileAsync(request.Query, request.Range, cancellationToken);
        IReadOnlyList<string> notices = await unknownFields.NoticesAsync(search, request.Range, cancellationToken);
        return await HistogramReader.ReadAsync(
            engine, search, request.Range, Math.Clamp(bins, 1, QueryLimits.MaxBins), notices, cancellationToken);
    }

    private async Task<CompiledSearch> CompileAsync(string query, TimeRange range, CancellationToken cancellationToken)
    {
        CompiledSearch search = _compiler.Compile(query, range);
        await RegexCheck.RunAsync(engine, search.Regexes, cancellationToken);
        return search;
    }
}
