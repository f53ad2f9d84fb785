using Microsoft.AspNetCore.Http;
using Observe.Query.Api.Declarations;

namespace Observe.Query.Api.Prometheus;

/// <summary>The declarations of Prometheus's interface.</summary>
internal static class PrometheusRoutes
{
    public const string Root = "/prometheus";

    private static readonly Parameter<string?> Expression = ParameterKinds.RequiredText("query", "A PromQL expression.", "sum by (service_name) (rate(http_server_request_duration_seconds_count[5m]))");
    private static readonly Parameter<string?> Lookback = ParameterKinds.Text("lookback_delta", "How old the latest sample of a series may be.", "5m", "5m");
    private static readonly Parameter<string?> Timeout = ParameterKinds.Text("timeout", "Taken, and not looked at: limits are those of this program.", "30s");
    private static readonly Parameter<string?> Limit = ParameterKinds.Text("limit", "Results at most; 0 for all.", "100");
    private static readonly Parameter<string?> Start = ParameterKinds.Text("start", "Seconds since 1970, or RFC 3339.", "2026-01-02T03:00:00Z");
    private static readonly Parameter<string?> End = ParameterKinds.Text("end", "Seconds since 1970, or RFC 3339.", "2026-01-02T04:00:00Z");
    private static readonly Parameter<string?> FirstDay = ParameterKinds.Text("start", "Seconds since 1970, or RFC 3339: of series that were seen on its day (UTC) or later.", "2026-01-02T03:00:00Z");
    private static readonly Parameter<string?> LastDay = ParameterKinds.Text("end", "Seconds since 1970, or RFC 3339: of series that were seen on its day (UTC) or before.", "2026-01-02T04:00:00Z");
    private static readonly Parameter<string?> Match = ParameterKinds.Text("match[]", "A selector; may be given several times.", "{service_name=\"checkout\"}");

    public static ApiRoute Query { get; } = Of("query", "prometheusQuery", "Evaluates PromQL at one time.", PrometheusSchemas.Result, isPost: true) with
    {
        Parameters = [Expression, ParameterKinds.Text("time", "Seconds since 1970, or RFC 3339; now when it is missing.", "2026-01-02T03:04:00Z"), Lookback, Timeout, Limit],
    };

    public static ApiRoute QueryRange { get; } = Of("query_range", "prometheusQueryRange", "Evaluates PromQL at each time of a range.", PrometheusSchemas.Result, isPost: true) with
    {
        Parameters = [Expression, Start with { IsRequired = true }, End with { IsRequired = true }, ParameterKinds.RequiredText("step", "From one time to the next: seconds, or a duration.", "15s"), Lookback, Timeout, Limit],
    };

    public static ApiRoute QueryExemplars { get; } = Of("query_exemplars", "prometheusQueryExemplars", "The exemplars of the series that an expression looks at.", PrometheusSchemas.Exemplars, isPost: true) with
    {
        Parameters = [Expression, Start, End],
    };

    public static ApiRoute FormatQuery { get; } = Of("format_query", "prometheusFormatQuery", "PromQL as it is usually written.", Schema.Text, isPost: true) with { Parameters = [Expression] };

    public static ApiRoute Series { get; } = Of("series", "prometheusSeries", "The labels of series.", PrometheusSchemas.Series, isPost: true) with
    {
        Parameters = [Match with { IsRequired = true }, FirstDay, LastDay, Limit],
    };

    public static ApiRoute Labels { get; } = Of("labels", "prometheusLabels", "The names of labels.", Schema.List(Schema.Text), isPost: true) with { Parameters = [Match, FirstDay, LastDay, Limit] };

    public static ApiRoute LabelValues { get; } = Of("label/{name}/values", "prometheusLabelValues", "The values of a label.", Schema.List(Schema.Text)) with
    {
        Parameters = [ParameterKinds.RequiredText("name", "The label.", "service_name") with { Place = ParameterPlace.Path }, Match, FirstDay, LastDay, Limit],
    };

    public static ApiRoute Metadata { get; } = Of("metadata", "prometheusMetadata", "Types, descriptions and units of metrics.", PrometheusSchemas.Metadata) with
    {
        Parameters =
        [
            ParameterKinds.Text("metric", "Of this one, by either of its names; of all when it is missing.", "http_requests_total"),
            Limit, ParameterKinds.Text("limit_per_metric", "What is said of each metric at most; 0 for all.", "1"),
        ],
    };

    public static ApiRoute BuildInfo { get; } = Of("status/buildinfo", "prometheusBuildInfo", "What clients ask to know which Prometheus they speak to.", Schema.Map(Schema.Text));

    public static ApiRoute Rules { get; } = Of("rules", "prometheusRules", "Rules that this program evaluates: none.", Lists("groups"));

    public static ApiRoute Alerts { get; } = Of("alerts", "prometheusAlerts", "Alerts of such rules: none.", Lists("alerts"));

    public static ApiRoute Alertmanagers { get; } = Of("alertmanagers", "prometheusAlertmanagers", "Who is told of alerts: nobody.", Lists("activeAlertmanagers", "droppedAlertmanagers"));

    public static ApiRoute Targets { get; } = Of("targets", "prometheusTargets", "What this program scrapes: nothing, metrics are sent to it.", Lists("activeTargets", "droppedTargets"));

    public static ApiRoute Healthy { get; } = Probe("healthy", "Whether the process runs.") with { Answers = [Text(StatusCodes.Status200OK, "It does.")] };

    public static ApiRoute Ready { get; } = Probe("ready", "Whether queries are answered and records are taken.") with
    {
        Answers = [Text(StatusCodes.Status200OK, "They are."), Text(StatusCodes.Status503ServiceUnavailable, "They are not, and why.")],
    };

    /// <summary>Not strict: clients send parameters of their own.</summary>
    private static ApiRoute Of(string path, string id, string summary, Schema data, bool isPost = false) => new($"{Root}/api/v1/{path}", id, ApiTags.Metrics, summary)
    {
        Methods = isPost ? [HttpMethods.Get, HttpMethods.Post] : [HttpMethods.Get],
        IsStrict = false,
        BodyForms = [ApiRoute.Form],
        Answers = [PrometheusSchemas.Success(data)],
        Errors = PrometheusSchemas.Errors,
    };

    private static ApiRoute Probe(string name, string summary) =>
        new($"{Root}/-/{name}", $"prometheus{char.ToUpperInvariant(name[0])}{name[1..]}", ApiTags.Operation, summary) { IsStrict = false, Answers = [] };

    private static ApiAnswer Text(int status, string description) => new(status, description, ("text/plain", Schema.Text));

    private static Schema Lists(params string[] names) => names.Aggregate(Schema.Object, (data, name) => data.With(name, Schema.List(Schema.Any)));
}
