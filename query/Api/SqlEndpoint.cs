using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Observe.Query.Api.Declarations;
using Observe.Query.Api.Formats;
using Observe.Query.Api.Schemas;
using Observe.Query.Execution;
using Observe.Storage.Engine;
using Observe.Storage.Results;

namespace Observe.Query.Api;

/// <summary><c>POST /api/v1/sql</c>: one read-only SELECT in the engine's SQL, within its limits.</summary>
internal static class SqlEndpoint
{
    private const int MaxSqlCharacters = 100_000;

    private static readonly Parameter<string?> Sql =
        ParameterKinds.RequiredText("sql", $"One SELECT in ClickHouse's SQL, of up to {MaxSqlCharacters} characters.", "SELECT count() FROM logs");

    private static readonly ApiRoute Route = new("/api/v1/sql", "sql", ApiTags.Search, "Run a read-only SELECT in ClickHouse's SQL, within limits.")
    {
        Methods = [HttpMethods.Post],
        Parameters = [Sql, AnswerFormats.Parameter],
        Answers = [AnswerFormats.Answer(SearchSchemas.Table, "The rows of the result. A type is the engine's own, such as UInt64.")],
        Problems = [ProblemKind.Sql, .. ProblemKind.OfQuestions],
    };

    public static void MapSql(this IEndpointRouteBuilder routes) =>
        routes.MapApi(Route, (HttpContext context, IQueryEngine engine, TimeProvider time) =>
            QueryRequestHandler.RunAsync(
                context,
                async (parameters, cancellationToken) =>
                {
                    string sql = parameters.Get(Sql) ?? "";
                    if (string.IsNullOrWhiteSpace(sql) || sql.Length > MaxSqlCharacters)
                    {
                        return Problems.Parameter($"Send the SELECT as \"sql\" in a JSON object or a form; it may have up to {MaxSqlCharacters} characters.");
                    }

                    // The text tells running queries apart.
                    using IDisposable question = Question.Begin("sql", time, sql);
                    var format = AnswerFormats.Of(context.Request, parameters);
                    if (format.Engine() is { } engineFormat)
                    {
                        FormattedResult formatted = await engine.FormatUserSqlAsync(sql, engineFormat, cancellationToken);
                        return await StreamedAnswer.StartAsync(format, EngineChunks.ReadAsync(formatted, cancellationToken), cancellationToken);
                    }

                    // A result has at most as many rows as the engine's limit for users' SQL. It is read to its end before the first byte is
                    // sent: an error half way must become an error, never a short answer.
                    await using QueryResult result = await engine.QueryUserSqlAsync(sql, cancellationToken);
                    var blocks = new List<ResultBlock>();
                    while (await result.ReadBlockAsync(cancellationToken) is { } block)
                    {
                        blocks.Add(block);
                    }

                    QueryStatistics statistics = result.Statistics;
                    return new JsonAnswer((writer, token) => WriteAsync(writer, blocks, statistics, token));
                },
                isUserSql: true));

    private static async Task WriteAsync(
        Utf8JsonWriter writer, List<ResultBlock> blocks, QueryStatistics statistics, CancellationToken cancellationToken)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("columns");
        foreach (ResultColumn column in blocks.Count == 0 ? [] : blocks[0].Columns)
        {
            AnswerParts.WriteColumn(writer, column.Name, column.Type);
        }

        writer.WriteEndArray();
        writer.WriteStartArray("rows");
        foreach (ResultBlock block in blocks)
        {
            for (int row = 0; row < block.RowCount; row++)
            {
                writer.WriteStartArray();
                foreach (ResultColumn column in block.Columns)
                {
                    column.WriteJson(writer, row);
                }

                writer.WriteEndArray();
                await JsonAnswer.FlushIfLargeAsync(writer, cancellationToken);
            }
        }

        writer.WriteEndArray();
        AnswerParts.WriteStatistics(writer, statistics);
        AnswerParts.WriteNotices(writer, []);
        writer.WriteEndObject();
    }
}
