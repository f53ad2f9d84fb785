using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Observe.Query.Api;
using Observe.Query.Api.Declarations;

namespace Observe.Query.SelfMetrics;

/// <summary><c>/metrics</c>: this program's own figures.</summary>
internal static class MetricsEndpoint
{
    private static readonly ApiRoute Route = new("/metrics", "metrics", ApiTags.Operation, "This program's own figures, in Prometheus's text or OpenMetrics.")
    {
        IsStrict = false,
        Answers = [new ApiAnswer(StatusCodes.Status200OK, "Every instrument.", ("text/plain", Schema.Text), (ExpositionFormats.OpenMetricsType, Schema.Text))],
    };

    public static void MapMetrics(this IEndpointRouteBuilder routes) => routes.MapApi(Route, (HttpContext context, MetricCollector collector) =>
    {
        ExpositionFormat format = ExpositionFormats.Choose(context.Request.GetTypedHeaders().Accept);
        return Results.Text(collector.Read(families => ExpositionWriter.Write(families, format)), format.ContentType());
    });
}
