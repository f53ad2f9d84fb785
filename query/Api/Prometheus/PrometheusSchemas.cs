using Microsoft.AspNetCore.Http;
using Observe.Query.Api.Declarations;

namespace Observe.Query.Api.Prometheus;

/// <summary>What the answers and errors of Prometheus's interface look like.</summary>
internal static class PrometheusSchemas
{
    private static readonly Schema LabelSet = Schema.Map(Schema.Text);

    private static readonly Schema Error = Schema.Object
        .With("status", Schema.OneOf("error"))
        .With("errorType", Schema.OneOf("bad_data", "execution", "timeout", "canceled", "unavailable", "internal", "not_found"))
        .With("error", Schema.Text)
        .Named("PrometheusError");

    /// <summary>A query's result, whose form depends on its type.</summary>
    public static Schema Result { get; } = Schema.Object
        .With("resultType", Schema.OneOf("matrix", "vector", "scalar", "string"))
        .With("result", Schema.List(Schema.Any));

    public static Schema Exemplars { get; } = Schema.List(Schema.Object
        .With("seriesLabels", LabelSet)
        .With("exemplars", Schema.List(Schema.Object
            .With("labels", LabelSet)
            .With("value", Schema.Text)
            .With("timestamp", Schema.Number, "In seconds since 1970."))));

    public static Schema Series { get; } = Schema.List(LabelSet);

    public static Schema Metadata { get; } = Schema.Map(Schema.List(Schema.Object
        .With("type", Schema.OneOf("gauge", "counter", "histogram", "summary", "unknown"))
        .With("help", Schema.Text)
        .With("unit", Schema.Text)));

    public static IReadOnlyList<ApiAnswer> Errors { get; } =
    [
        Failure(StatusCodes.Status400BadRequest, "A parameter or the query is wrong."),
        Failure(StatusCodes.Status422UnprocessableEntity, "The query cannot be answered: what there is does not allow it, or it is too large."),
        Failure(StatusCodes.Status500InternalServerError, "The engine failed, or Observe did, and its log says how."),
        Failure(StatusCodes.Status503ServiceUnavailable, "The query took too long, was ended, or others run; `Retry-After` says when to come again where that helps."),
    ];

    /// <summary>The answer of a route, around its data.</summary>
    public static ApiAnswer Success(Schema data) => ApiAnswer.Of(
        Schema.Object
            .With("status", Schema.OneOf("success"))
            .With("data", data)
            .WithOptional("warnings", Schema.List(Schema.Text))
            .WithOptional("infos", Schema.List(Schema.Text)),
        "What Prometheus answers.");

    private static ApiAnswer Failure(int status, string description) => new(status, description, (ApiAnswer.Json, Error));
}
