namespace Observe.Bench.Questions;

/// <summary>What is asked: the targets of the architecture first, then what people ask, about the data that <c>load</c> makes.</summary>
internal static class QuestionList
{
    public static IReadOnlyList<Question> Of(KnownValues known) =>
    [
        Question.Of($"logs trace_id={known.TraceId} | stats count()", 5, "logs trace_id=TRACE | stats count()"),
        Question.Of($"logs id:{known.TraceId} | stats count()", 5, "logs id:TRACE | stats count()"),
        Question.Of("logs declined | stats count()", 30),
        Question.Of("logs | stats count() by http.route", 40),
        Question.Of("logs | stats p50(duration_ms), p99(duration_ms) by service.name", 80),
        Question.Of("logs", 15),
        Question.Of("logs severity>=error", 15),
        Question.Of("logs service.name=payment", 15),
        Question.Of($"logs user.id={known.UserId}", null, "logs user.id=USER"),
        Question.Of("logs nothere", null),
        Question.Of("logs \"timed out\"", null),
        Question.Of("logs duration_ms>1000 | stats count() by service.name", null),
        Question.Of("logs | stats count() by severity, bin(auto)", null),
        Question.Of("logs | top 10 by user.id", null),
        Question.Of("logs | patterns", 2000, hours: known.HoursOf("logs", 1_000_000)),
        new("histogram of logs", null, "/api/v1/histogram?q=logs", ["logs"]),

        new("trace by id, with its logs", 30, $"/api/v1/traces/{known.TraceId}", ["spans", "logs"], HasRange: false),
        Question.Of($"spans trace_id={known.TraceId}", 30, "spans trace_id=TRACE"),
        Question.Of("spans", 200),
        Question.Of("spans service.name=payment name=\"POST /charges\"", 200),
        Question.Of("spans service.name=payment name=\"POST /charges\" status=error", 200),
        Question.Of("spans service.name=catalog duration>60ms", 200),
        Question.Of("spans name=\"GET /nothere\"", 200),
        Question.Of("spans service.name=payment | stats count(), p99(duration) by name", null),
        Question.Of("spans | stats p50(duration), p99(duration) by service.name", null),
        Question.Of("spans service.name=frontend >> service.name=payment status=error", null),
        Question.Of("spans service.name=payment status=error | traces", null),
        new($"correlate TRACE", 50, $"/api/v1/correlate/{known.TraceId}", ["logs", "spans"]),
        new("services", null, "/api/v1/services", ["logs", "spans"]),
        new("service-map of 1 M spans", 2000, "/api/v1/service-map", ["spans"], known.HoursOf("spans", 1_000_000)),
        new("service-map", null, "/api/v1/service-map", ["spans"]),
    ];
}
