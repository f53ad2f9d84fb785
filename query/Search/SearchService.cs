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
            LatestAsync(request, search.Signal, limit + 1, cancellationToken);
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

    private async Task<(IReadOnlyList<SearchRecord> Records, QueryStatistics Statistics)> LatestAsync(
        SearchRequest request, SearchSignal signal, int wanted, CancellationToken cancellationToken)
    {
        var found = new List<SearchRecord>();
        var cost = new QueryStatistics(TimeSpan.Zero, 0, 0);
        foreach (TimeRange stretch in LatestFirst.Stretches(request.Range))
        {
            SqlStatement statement = SearchCompiler.Records(_compiler.Compile(request.Query, stretch), wanted - found.Count);
            (IReadOnlyList<SearchRecord> read, QueryStatistics statistics) = await records.ReadAsync(signal, statement, cancellationToken);
            found.AddRange(read);
            cost = new QueryStatistics(cost.Elapsed + statistics.Elapsed, cost.RowsRead + statistics.RowsRead, cost.BytesRead + statistics.BytesRead);
            if (found.Count >= wanted)
            {
                break;
            }
        }

        return (found, cost);
    }

    private async Task<CompiledSearch> CompileAsync(string query, TimeRange range, CancellationToken cancellationToken)
    {
        CompiledSearch search = _compiler.Compile(query, range);
        await RegexCheck.RunAsync(engine, search.Regexes, cancellationToken);
        return search;
    }
}
