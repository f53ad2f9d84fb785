using Observe.Query.Compilation;
using Observe.Query.Compilation.Pipeline;
using Observe.Query.Execution;
using Observe.Query.Fields;
using Observe.Query.Language;
using Observe.Query.Time;
using Observe.Storage.Engine;
using Observe.Storage.Results;

namespace Observe.Query.Search;

/// <inheritdoc cref="ISearchService"/>
internal sealed class SearchService(
    IQueryEngine engine, RecordReader records, SearchStreamReader streams, StreamedRows rowCounts, IFieldTypes fieldTypes, FieldNotices fieldNotices, Explainer explainer, TimeProvider time) : ISearchService
{
    public async Task<SearchResult> SearchAsync(SearchRequest request, CancellationToken cancellationToken)
    {
        using IDisposable question = Question.Begin("query", time, request.Query, request.Range);
        ParsedQuery query = QueryParser.Parse(request.Query);
        int limit = Math.Clamp(request.Limit, 1, QueryLimits.MaxRecords);
        (CompiledPipeline compiled, FieldTypes types) =
            await CompileAsync(types => PipelineCompiler.Compile(query, request.Range, limit, time, types), request.Range, cancellationToken);

        Task<SearchResult> reading = compiled.Shape == PipelineShape.Records
            ? RecordsAsync(query, compiled, types, request.Range, limit, cancellationToken)
            : TableAsync(query, compiled, types, request.Range, limit, cancellationToken);
        Task<IReadOnlyList<string>> checking = fieldNotices.NoticesAsync(query, compiled.Fields, types, request.Range, cancellationToken);
        await Task.WhenAll(reading, checking);
        SearchResult result = await reading;
        IReadOnlyList<string> days = SeriesNotices.Of(query, request.Range, time);
        return result with
        {
            Notices = [.. await checking, .. days, .. result.Cut is { } cut ? [cut.Notice] : Array.Empty<string>()],
            DaysNotice = days.Count > 0 ? days[0] : null,
        };
    }

    public async Task<Histogram> HistogramAsync(SearchRequest request, int bins, CancellationToken cancellationToken)
    {
        using IDisposable question = Question.Begin("histogram", time, request.Query, request.Range);
        ParsedQuery query = QueryParser.Parse(request.Query);
        var histogram = new HistogramBins(request.Range, Math.Clamp(bins, 1, QueryLimits.MaxBins));
        (CompiledPipeline compiled, FieldTypes types) = await CompileAsync(
            types => PipelineCompiler.Histogram(query, request.Range, histogram.Start, histogram.Width, time, types), request.Range, cancellationToken);
        IReadOnlyList<string> notices = await fieldNotices.NoticesAsync(query, compiled.Fields, types, request.Range, cancellationToken);
        Answer answer = await engine.AskAsync(compiled.Statement, DataScope.Of(query.Signal, request.Range), cancellationToken);
        return histogram.Read(query.Signal, answer.Blocks, notices);
    }

    public async Task<SearchStream> StreamAsync(SearchRequest request, CancellationToken cancellationToken)
    {
        using IDisposable question = Question.Begin("query", time, request.Query, request.Range);
        ParsedQuery query = QueryParser.Parse(request.Query);
        request = request with { Limit = Math.Clamp(request.Limit, 1, QueryLimits.MaxExportRows) };
        (CompiledPipeline compiled, FieldTypes types) =
            await CompileAsync(types => PipelineCompiler.Compile(query, request.Range, request.Limit, time, types), request.Range, cancellationToken);
        return streams.Read(request, query, compiled, types, cancellationToken);
    }

    public async Task<FormattedResult> ExportAsync(SearchRequest request, ResultFormat format, CancellationToken cancellationToken)
    {
        using IDisposable question = Question.Begin("query", time, request.Query, request.Range);
        ParsedQuery query = QueryParser.Parse(request.Query);
        int limit = Math.Clamp(request.Limit, 1, QueryLimits.MaxExportRows);
        (CompiledPipeline compiled, FieldTypes types) =
            await CompileAsync(types => PipelineCompiler.Export(query, request.Range, limit, time, types), request.Range, cancellationToken);
        SqlStatement statement = compiled.Statement;
        if (compiled.IsLatestFirst)
        {
            long rows = Math.Min(limit, compiled.OwnLimit ?? int.MaxValue);
            if (rows > QueryLimits.MaxRecords)
            {
                rows = await rowCounts.Slices(query, types, request.Range).CountAsync(cancellationToken);
                StreamedRows.Check(rows, request);
            }

            // As many as the engine sorts by their times alone, or all in the order of the key.
            statement = rows <= QueryLimits.MaxRecords
                ? PipelineCompiler.Export(query, request.Range, Math.Min(limit, QueryLimits.MaxRecords), time, types).Statement
                : PipelineCompiler.Export(query, request.Range, limit, time, types, isSorted: false).Statement;
            statement = statement with { Settings = [.. statement.Settings, .. QueryLimits.InOrderSettings] };
        }
        else if (request.MustBeWhole)
        {
            statement = PipelineCompiler.Export(query, request.Range, limit + 1, time, types).Statement;
            statement = statement with { Settings = [.. statement.Settings, .. QueryLimits.MaxRowsSettings(limit)] };
        }

        return await engine.FormatAsync(statement, format, cancellationToken);
    }

    public async Task<IReadOnlyList<StatementPlan>> ExplainAsync(SearchRequest request, CancellationToken cancellationToken)
    {
        using IDisposable question = Question.Begin("query", time, request.Query, request.Range);
        ParsedQuery query = QueryParser.Parse(request.Query);
        int limit = Math.Clamp(request.Limit, 1, QueryLimits.MaxRecords);
        (CompiledPipeline compiled, FieldTypes types) =
            await CompileAsync(types => PipelineCompiler.Compile(query, request.Range, limit, time, types), request.Range, cancellationToken);
        IEnumerable<SqlStatement> statements = compiled.IsLatestFirst
            ? LatestFirst.Stretches(request.Range, query.IsFiltered).Select(stretch => PipelineCompiler.Compile(query, stretch, Wanted(compiled, limit) - 1, time, types, request.Range).Statement)
            : [compiled.Statement];
        var plans = new List<StatementPlan>();
        foreach (SqlStatement statement in statements)
        {
            plans.Add(await explainer.ExplainAsync(statement, cancellationToken));
        }

        return plans;
    }

    public async Task<IReadOnlyList<StatementPlan>> ExplainHistogramAsync(SearchRequest request, int bins, CancellationToken cancellationToken)
    {
        using IDisposable question = Question.Begin("histogram", time, request.Query, request.Range);
        var histogram = new HistogramBins(request.Range, Math.Clamp(bins, 1, QueryLimits.MaxBins));
        ParsedQuery query = QueryParser.Parse(request.Query);
        (CompiledPipeline compiled, _) = await CompileAsync(
            types => PipelineCompiler.Histogram(query, request.Range, histogram.Start, histogram.Width, time, types), request.Range, cancellationToken);
        return [await explainer.ExplainAsync(compiled.Statement, cancellationToken)];
    }

    /// <summary>Compiles a query twice: the first time says which fields it must know about and which regular expressions must be right.</summary>
    private async Task<(CompiledPipeline Compiled, FieldTypes Types)> CompileAsync(
        Func<FieldTypes, CompiledPipeline> compile, TimeRange range, CancellationToken cancellationToken)
    {
        CompiledPipeline first = compile(FieldTypes.Unknown);
        await RegexCheck.RunAsync(engine, first.Regexes, cancellationToken);
        FieldTypes types = await fieldTypes.GetAsync(first.Signal, first.Fields, range, cancellationToken);
        return (compile(types), types);
    }

    private static IReadOnlyList<ResultField> Computed(CompiledPipeline compiled) =>
        [.. compiled.Columns.Select(column => new ResultField(column.Name, ResultTable.TypeName(column.Kind, "")))];

    private async Task<SearchResult> RecordsAsync(
        ParsedQuery query, CompiledPipeline compiled, FieldTypes types, TimeRange range, int limit, CancellationToken cancellationToken)
    {
        var found = new List<SearchRecord>();
        QueryStatistics cost = await ReadAsync(
            query, compiled, types, range, limit,
            async statement =>
            {
                (IReadOnlyList<SearchRecord> read, QueryStatistics statistics) =
                    await records.ReadAsync(
                        compiled.Signal, statement with { Settings = [.. statement.Settings, .. QueryLimits.ListSettings] }, compiled.Columns, cancellationToken);
                found.AddRange(read);
                return (found.Count, statistics);
            });
        return new SearchResult(compiled.Signal, [.. found.Take(compiled.Limit)], Computed(compiled), null, cost, []) { Cut = Cut(found.Count, limit, compiled) };
    }

    private async Task<SearchResult> TableAsync(
        ParsedQuery query, CompiledPipeline compiled, FieldTypes types, TimeRange range, int limit, CancellationToken cancellationToken)
    {
        var blocks = new List<ResultBlock>();
        DataScope reads = DataScope.Of(compiled.Signal, range);
        QueryStatistics cost = await ReadAsync(
            query, compiled, types, range, limit,
            async statement =>
            {
                Answer answer = await engine.AskAsync(statement, reads, cancellationToken);
                blocks.AddRange(answer.Blocks);
                return (blocks.Sum(block => block.RowCount), answer.Statistics);
            });
        IReadOnlyList<string> columnTypes = await ColumnTypes.ReadAsync(engine, compiled, blocks, cancellationToken);
        var table = new ResultTable(compiled.Columns, blocks, compiled.Limit, columnTypes);
        return new SearchResult(compiled.Signal, [], [], table, cost, []) { Cut = Cut(blocks.Sum(block => block.RowCount), limit, compiled) };
    }

    /// <summary>Runs the query's statement, or one for each stretch of the range until enough is found.</summary>
    /// <param name="read">Reads a statement's result, and says how many rows there are by now and what it cost.</param>
    private async Task<QueryStatistics> ReadAsync(
        ParsedQuery query, CompiledPipeline compiled, FieldTypes types, TimeRange range, int limit, Func<SqlStatement, Task<(int Count, QueryStatistics Statistics)>> read)
    {
        if (!compiled.IsLatestFirst)
        {
            return (await read(compiled.Statement)).Statistics;
        }

        var cost = new QueryStatistics(TimeSpan.Zero, 0, 0);
        int count = 0;
        int wanted = Wanted(compiled, limit);
        foreach (TimeRange stretch in LatestFirst.Stretches(range, query.IsFiltered))
        {
            SqlStatement statement = PipelineCompiler.Compile(query, stretch, wanted - count - 1, time, types, range).Statement;
            (count, QueryStatistics statistics) = await read(statement);
            cost = new QueryStatistics(cost.Elapsed + statistics.Elapsed, cost.RowsRead + statistics.RowsRead, cost.BytesRead + statistics.BytesRead);
            if (count >= wanted)
            {
                break;
            }
        }

        return cost;
    }

    /// <summary>One more than asked for tells whether there are more; a limit of the query's own asks for no more.</summary>
    private static int Wanted(CompiledPipeline compiled, int limit) => compiled.OwnLimit <= limit ? compiled.OwnLimit.Value : limit + 1;

    private static SearchCut? Cut(int count, int limit, CompiledPipeline compiled) => count <= limit ? null : new SearchCut(
        compiled.IsLatestFirst
            ? $"These are the latest {limit} matching records; there are more in this time range."
            : $"These are the first {limit} rows; there are more.",
        compiled.IsLatestFirst);
}
