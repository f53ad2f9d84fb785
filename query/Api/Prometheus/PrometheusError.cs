using Microsoft.AspNetCore.Http;

namespace Observe.Query.Api.Prometheus;

/// <summary>An error as Prometheus's clients read it.</summary>
/// <remarks>https://prometheus.io/docs/prometheus/latest/querying/api/#format-overview</remarks>
internal static class PrometheusError
{
    /// <summary>A parameter or the query is wrong.</summary>
    public static IResult BadData(string message) => Of(StatusCodes.Status400BadRequest, "bad_data", message);

    /// <summary>The query is right and cannot be answered.</summary>
    public static IResult Execution(string message) => Of(StatusCodes.Status422UnprocessableEntity, "execution", message);

    /// <summary>There is no such path.</summary>
    public static IResult NotFound(string message) => Of(StatusCodes.Status404NotFound, "not_found", message);

    /// <summary>The path takes other methods.</summary>
    public static IResult Method(string message) => Of(StatusCodes.Status405MethodNotAllowed, "bad_data", message);

    public static IResult Timeout(string message) => Of(StatusCodes.Status503ServiceUnavailable, "timeout", message);

    public static IResult Canceled(string message) => Of(StatusCodes.Status503ServiceUnavailable, "canceled", message);

    public static IResult Unavailable(string message) => Of(StatusCodes.Status503ServiceUnavailable, "unavailable", message);

    public static IResult Internal(string message) => Of(StatusCodes.Status500InternalServerError, "internal", message);

    private static JsonAnswer Of(int status, string type, string message) => new(
        (writer, _) =>
        {
            writer.WriteStartObject();
            writer.WriteString("status", "error");
            writer.WriteString("errorType", type);
            writer.WriteString("error", message);
            writer.WriteEndObject();
            return Task.CompletedTask;
        })
    {
        Status = status,
    };
}
