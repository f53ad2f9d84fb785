using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Observe.Query.Api.Declarations;
using Observe.Query.Api.Formats;
using Observe.Query.Api.Schemas;
using Observe.Query.Compilation;
using Observe.Query.Execution;
using Observe.Query.Search;
using Observe.Storage.Results;

namespace Observe.Query.Api;

/// <summary><c>/api/v1/query</c> and <c>/api/v1/histogram</c>.</summary>
internal static class SearchEndpoints
{
    private static readonly Parameter<int?> Limit = ParameterKinds.OptionalCount(
        "limit",
        $"Rows at most: the latest, of series the first by name. As JSON up to {QueryLimits.MaxRecords}, {QueryLimits.DefaultRecords} when nothing is said; streamed up to {QueryLimits.MaxExportRows}, "
            + "and where it is not said, more are an error.",
        QueryLimits.MaxExportRows);

    private static readonly Parameter<int> Bins = ParameterKinds.Count(
        "bins", "Bins that are wanted; there are about so many, for their width is a round one.", 60, QueryLimits.MaxBins);

    private static readonly ApiRoute QueryRoute = new("/api/v1/query", "query", ApiTags.Search, "Search logs, spans or the series of metrics, or count and chart them.")
    {
        Methods = [HttpMethods.Get, HttpMethods.Post],
        Parameters = [CommonParameters.Query, CommonParameters.From, CommonParameters.To, Limit, AnswerFormats.Parameter, CommonParameters.Explain],
        Answers =
        [
            AnswerFormats.Answer(Schema.AnyOf(SearchSchemas.Result, SearchSchemas.Explanation), "The rows; with explain=true the statements, as JSON in any case."),
        ],
        Problems = ProblemKind.OfQueries,
    };

    private static readonly ApiRoute HistogramRoute = new("/api/v1/histogram", "histogram", ApiTags.Search, "Count records over time, by severity (logs) or status (spans).")
    {
        Methods = [HttpMethods.Get, HttpMethods.Post],
        Parameters = [CommonParameters.Query, CommonParameters.From, CommonParameters.To, Bins, CommonParameters.Explain],
        Answers = [ApiAnswer.Of(Schema.AnyOf(SearchSchemas.Histogram, SearchSchemas.Explanation), "The counts; with explain=true the statements.")],
        Problems = ProblemKind.OfQueries,
    };

    public static void MapSearch(this IEndpointRouteBuilder routes)
    {
        routes.MapApi(QueryRoute, (HttpContext context, ISearchService search, TimeProvider time) =>
            QueryRequestHandler.RunAsync(context, async (parameters, cancellationToken) =>
            {
                var format = AnswerFormats.Of(context.Request, parameters);
                int limit = format == AnswerFormat.Json
                    ? parameters.Count(Limit, QueryLimits.DefaultRecords, QueryLimits.MaxRecords)
                    : parameters.Count(Limit, 0, QueryLimits.MaxExportRows);
                SearchRequest request = limit > 0
                    ? new SearchRequest(parameters.Query, parameters.Range(time), limit)
                    : new SearchRequest(parameters.Query, parameters.Range(time), QueryLimits.MaxExportRows, MustBeWhole: true);
                if (parameters.Get(CommonParameters.Explain))
                {
                    return Explanation(await search.ExplainAsync(request, cancellationToken));
                }

                if (format != AnswerFormat.Json)
                {
                    return await StreamedAnswer.StartAsync(format, Rows(search, request, format, cancellationToken), cancellationToken);
                }

                SearchResult result = await search.SearchAsync(request, cancellationToken);
                return new JsonAnswer((writer, token) => WriteAsync(writer, result, token));
            }));

        routes.MapApi(HistogramRoute, (HttpContext context, ISearchService search, TimeProvider time) =>
            QueryRequestHandler.RunAsync(context, async (parameters, cancellationToken) =>
            {
                var request = new SearchRequest(parameters.Query, parameters.Range(time), Limit: 1);
                int bins = parameters.Get(Bins);
                if (parameters.Get(CommonParameters.Explain))
                {
                    return Explanation(await search.ExplainHistogramAsync(request, bins, cancellationToken));
                }

                Histogram histogram = await search.HistogramAsync(request, bins, cancellationToken);
                return new JsonAnswer((writer, _) =>
                {
                    Write(writer, histogram);
                    return Task.CompletedTask;
                });
            }));
    }

    /// <summary>The statements that would run, and what each would read.</summary>
    private static JsonAnswer Explanation(IReadOnlyList<StatementPlan> plans) => new((writer, _) =>
    {
        writer.WriteStartObject();
        writer.WriteStartArray("statements");
        foreach (StatementPlan plan in plans)
        {
            writer.WriteStartObject();
            writer.WriteString("sql", plan.Statement.Text);
            PlanWriter.WriteParameters(writer, plan.Statement.Parameters.Select(p => KeyValuePair.Create(p.Name, p.Text)));
            PlanWriter.WritePlan(writer, plan);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        return Task.CompletedTask;
    });

    /// <summary>NDJSON and CSV have the columns of the JSON answer; what is typed by column is written by the engine.</summary>
    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> Rows(
        ISearchService search, SearchRequest request, AnswerFormat format, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using RowWriter? writer = format switch
        {
            AnswerFormat.NdJson => new NdJsonRowWriter(),
            AnswerFormat.Csv => new CsvRowWriter(),
            _ => null,
        };
        IAsyncEnumerable<ReadOnlyMemory<byte>> chunks = writer is not null
            ? writer.WriteAsync(await search.StreamAsync(request, cancellationToken), cancellationToken)
            : EngineChunks.ReadAsync(await search.ExportAsync(request, format.Engine()!.Value, cancellationToken), cancellationToken);
        await foreach (ReadOnlyMemory<byte> chunk in chunks.WithCancellation(cancellationToken))
        {
            yield return chunk;
        }
    }

    private static async Task WriteAsync(Utf8JsonWriter writer, SearchResult result, CancellationToken cancellationToken)
    {
        writer.WriteStartObject();
        writer.WriteString("signal", RecordFields.Lower(result.Signal));
        if (result.Table is { } table)
        {
            await WriteAsync(writer, table, cancellationToken);
        }
        else
        {
            await (result.Signal switch
            {
                SearchSignal.Logs => WriteAsync(writer, result, RecordFields.Logs, cancellationToken),
                SearchSignal.Spans => WriteAsync(writer, result, RecordFields.Spans, cancellationToken),
                _ => WriteAsync(writer, result, RecordFields.Series, cancellationToken),
            });
        }

        AnswerParts.WriteStatistics(writer, result.Statistics);
        AnswerParts.WriteNotices(writer, result.Notices);
        writer.WriteEndObject();
    }

    private static async Task WriteAsync(Utf8JsonWriter writer, ResultTable table, CancellationToken cancellationToken)
    {
        writer.WriteStartArray("columns");
        foreach (ResultField column in table.Columns)
        {
            AnswerParts.WriteColumn(writer, column.Name, column.Type);
        }

        writer.WriteEndArray();
        writer.WriteStartArray("rows");
        foreach ((ResultBlock block, int row) in table.Rows)
        {
            writer.WriteStartArray();
            for (int i = 0; i < table.Columns.Count; i++)
            {
                AnswerParts.WriteCell(writer, table.Columns[i], block.Columns[i], row);
            }

            writer.WriteEndArray();
            await JsonAnswer.FlushIfLargeAsync(writer, cancellationToken);
        }

        writer.WriteEndArray();
    }

    private static async Task WriteAsync<TRecord>(
        Utf8JsonWriter writer, SearchResult result, IReadOnlyList<RecordField<TRecord>> fields, CancellationToken cancellationToken)
        where TRecord : SearchRecord
    {
        writer.WriteStartArray("columns");
        foreach (RecordField<TRecord> field in fields)
        {
            AnswerParts.WriteColumn(writer, field.Name, field.Type);
        }

        foreach (ResultField computed in result.Computed)
        {
            AnswerParts.WriteColumn(writer, computed.Name, computed.Type);
        }

        writer.WriteEndArray();
        writer.WriteStartArray("rows");
        foreach (SearchRecord record in result.Records)
        {
            writer.WriteStartArray();
            foreach (RecordField<TRecord> field in fields)
            {
                field.Write(writer, (TRecord)record);
            }

            foreach (ResultField computed in result.Computed)
            {
                AnswerParts.WriteComputed(writer, computed, record);
            }

            writer.WriteEndArray();
            await JsonAnswer.FlushIfLargeAsync(writer, cancellationToken);
        }

        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, Histogram histogram)
    {
        writer.WriteStartObject();
        writer.WriteString("signal", RecordFields.Lower(histogram.Signal));
        writer.WriteNumber("binMs", histogram.BinNs / 1e6);
        writer.WriteStartArray("starts");
        foreach (long start in histogram.Starts)
        {
            writer.WriteStringValue(Time.Rfc3339.Format(start));
        }

        writer.WriteEndArray();
        writer.WriteStartArray("series");
        foreach (HistogramSeries series in histogram.Series)
        {
            writer.WriteStartObject();
            writer.WriteString("name", series.Name);
            writer.WriteStartArray("counts");
            foreach (long count in series.Counts)
            {
                writer.WriteNumberValue(count);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteNumber("total", histogram.Total);
        AnswerParts.WriteNotices(writer, histogram.Notices);
        writer.WriteEndObject();
    }
}
