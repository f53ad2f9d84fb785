using Microsoft.AspNetCore.Http;
using Observe.Query.Api.Declarations;

namespace Observe.Query.Api.Prometheus;

/// <summary>The declarations of Prometheus's interface.</summary>
internal static class PrometheusRoutes
{
    private const string Prefix = "/prometheus/api/v1";

    private static readonly Parameter<string?> Expression = ParameterKinds.RequiredText("query", "A PromQL expression.", "sum by (service_name) (rate(http_server_request_duration_seconds_count[5m]))");
    private static readonly Parameter<string?> Lookback = ParameterKinds.Text("lookback_delta", "How old the latest sample of a series may be.", "5m", "5m");
    private static readonly Parameter<string?> Timeout = ParameterKinds.Text("timeout", "Taken, and not looked at: limits are those of this program.", "30s");
    private static readonly Parameter<string?> Limit = ParameterKinds.Text("limit", "Results at most; 0 for all.", "100");
    private static readonly Parameter<string?> Start = ParameterKinds.Text("start", "Seconds since 1970, or RFC 3339.", "2026-01-02T03:00:00Z");
    private static readonly Parameter<string?> End = ParameterKinds.Text("end", "Seconds since 1970, or RFC 3339.", "2026-01-02T04:00:00Z");
    private static readonly Parameter<string?> Match = ParameterKinds.Text("match[]", "A selector; may be given several times.", "{service_name=\"checkout\"}");

    private static readonly Schema Success = Schema.Object
        .With("status", Schema.OneOf("success"))
        .With("data", Schema.Any)
        .WithOptional("warnings", Schema.List(Schema.Text))
        .WithOptional("infos", Schema.List(Schema.Text))
        .Named("PrometheusAnswer");

    public static ApiRoute Query { get; } = Of("query", "prometheusQuery", "Evaluates PromQL at one time.", isPost: true) with
    {
        Parameters = [Expression, ParameterKinds.Text("time", "Seconds since 1970, or RFC 3339; now when it is missing.", "2026-01-02T03:04:00Z"), Lookback, Timeout, Limit],
    };

    public static ApiRoute QueryRange { get; } = Of("query_range", "prometheusQueryRange", "Evaluates PromQL at each time of a range.", isPost: true) with
    {
        Parameters = [Expression, Start with { IsRequired = true }, End with { IsRequired = true }, ParameterKinds.RequiredText("step", "From one time to the next: seconds, or a duration.", "15s"), Lookback, Timeout, Limit],
    };

    public static ApiRoute Series { get; } = Of("series", "prometheusSeries", "The labels of series.", isPost: true) with { Parameters = [Match with { IsRequired = true }, Start, End, Limit] };

    public static ApiRoute Labels { get; } = Of("labels", "prometheusLabels", "The names of labels.", isPost: true) with { Parameters = [Match, Start, End, Limit] };

    public static ApiRoute LabelValues { get; } = Of("label/{name}/values", "prometheusLabelValues", "The values of a label.", isPost: false) with
    {
        Parameters = [ParameterKinds.RequiredText("name", "The label.", "service_name") with { Place = ParameterPlace.Path }, Match, Start, End, Limit],
    };

    public static ApiRoute FormatQuery { get; } = Of("format_query", "prometheusFormatQuery", "PromQL as it is usually written.", isPost: true) with { Parameters = [Expression] };

    public static ApiRoute BuildInfo { get; } = Of("status/buildinfo", "prometheusBuildInfo", "What clients ask to know which Prometheus they speak to.", isPost: false);

    /// <summary>Not strict: clients send parameters of their own.</summary>
    private static ApiRoute Of(string path, string id, string summary, bool isPost) => new($"{Prefix}/{path}", id, ApiTags.Metrics, summary)
    {
        Methods = isPost ? [HttpMethods.Get, HttpMethods.Post] : [HttpMethods.Get],
        IsStrict = false,
        Answers = [ApiAnswer.Of(Success, "What Prometheus answers.")],
    };
}
