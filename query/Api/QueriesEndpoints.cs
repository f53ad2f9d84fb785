using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Observe.Query.Api.Declarations;
using Observe.Query.Api.Schemas;
using Observe.Query.Execution;
using Observe.Query.Time;

namespace Observe.Query.Api;

/// <summary>
/// <c>/api/v1/queries</c>: the questions that run or stand in line in this process, of which one can be ended with DELETE, and <c>/api/v1/queries/slow</c>: the
/// latest slow ones. They ask nothing of the engine, so they answer when everything else waits.
/// </summary>
internal static class QueriesEndpoints
{
    private static readonly ApiRoute Running = new("/api/v1/queries", "queries", ApiTags.Operation, "The questions that run or stand in line in this process.")
    {
        Answers = [ApiAnswer.Of(QueriesSchemas.Running, "The questions, the oldest first.")],
    };

    private static readonly ApiRoute Slow = new("/api/v1/queries/slow", "slowQueries", ApiTags.Operation, "The latest questions that kept the engine busy for long.")
    {
        Answers = [ApiAnswer.Of(QueriesSchemas.Slow, "The questions, the latest first, each with the statement that took longest.")],
    };

    private static readonly ApiRoute Ending = new("/api/v1/queries/{id}", "endQuery", ApiTags.Operation, "End a question.")
    {
        Methods = [HttpMethods.Delete],
        Parameters =
        [
            new Parameter<string?>("id", "Its id in the answer of /api/v1/queries.", Schema.Integer, id => id) { Place = ParameterPlace.Path, IsRequired = true, Example = "12" },
        ],
        Answers = [new ApiAnswer(StatusCodes.Status204NoContent, "It was told to end. Whoever asked it gets a problem of the type ended.")],
        Problems = [ProblemKind.Parameter, ProblemKind.NotFound],
    };

    public static void MapQueries(this IEndpointRouteBuilder routes)
    {
        routes.MapApi(Running, (QuestionRegister register) => Array(register.Questions, Write));
        routes.MapApi(Slow, (SlowQueries slowQueries) => Array(slowQueries.Latest, Write));
        routes.MapApi(Ending, (string id, QuestionRegister register) =>
        {
            if (!long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out long number) || register.Find(number) is not { } question)
            {
                return Problems.NotFound($"No query {id} runs or stands in line. GET /api/v1/queries tells those that do.");
            }

            question.End();
            return Results.NoContent();
        });
    }

    private static JsonAnswer Array<T>(IReadOnlyList<T> items, Action<Utf8JsonWriter, T> write) => new(async (writer, cancellationToken) =>
    {
        writer.WriteStartObject();
        writer.WriteStartArray("queries");
        foreach (T item in items)
        {
            writer.WriteStartObject();
            write(writer, item);
            writer.WriteEndObject();
            await JsonAnswer.FlushIfLargeAsync(writer, cancellationToken);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    });

    private static void Write(Utf8JsonWriter writer, Question question)
    {
        WriteAsked(writer, question.Id, question.Kind, question.Text, question.Range, question.StartedAt);
        writer.WriteString("caller", question.Caller);
        writer.WriteString("state", question.IsRunning ? "running" : "waiting");
        WriteMilliseconds(writer, "elapsedMs", question.Elapsed);
        WriteMilliseconds(writer, "busyMs", question.Busy);
        writer.WriteNumber("statements", question.Statements);
    }

    private static void Write(Utf8JsonWriter writer, SlowQuery query)
    {
        WriteAsked(writer, query.Id, query.Kind, query.Text, query.Range, query.StartedAt);
        writer.WriteString("outcome", QuestionOutcomes.NameOf(query.Outcome));
        WriteMilliseconds(writer, "busyMs", query.Busy);
        WriteMilliseconds(writer, "waitedMs", query.Waited);
        writer.WriteNumber("statements", query.Statements);
        writer.WriteNumber("rowsRead", query.RowsRead);
        writer.WriteNumber("bytesRead", query.BytesRead);
        writer.WriteString("sql", query.Sql);
        PlanWriter.WriteParameters(writer, query.Parameters);
        if (query.Plan is { } plan)
        {
            PlanWriter.WritePlan(writer, plan);
        }
    }

    private static void WriteAsked(Utf8JsonWriter writer, long id, string kind, string? text, TimeRange? range, DateTimeOffset startedAt)
    {
        writer.WriteNumber("id", id);
        writer.WriteString("kind", kind);
        writer.WriteString("query", text);
        if (range is { } asked)
        {
            writer.WriteString("from", Rfc3339.Format(asked.From));
            writer.WriteString("to", Rfc3339.Format(asked.To));
        }

        writer.WriteString("startedAt", startedAt.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
    }

    private static void WriteMilliseconds(Utf8JsonWriter writer, string name, TimeSpan time) => writer.WriteNumber(name, Math.Round(time.TotalMilliseconds, 3));
}
