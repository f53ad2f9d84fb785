using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Observe.Query.Metrics;

/// <summary><c>/metrics</c>: this program's own figures.</summary>
internal static class MetricsEndpoint
{
    public static void MapMetrics(this IEndpointRouteBuilder routes) => routes.MapGet("/metrics", (HttpContext context, MetricCollector collector) =>
    {
        ExpositionFormat format = ExpositionFormats.Choose(context.Request.GetTypedHeaders().Accept);
        return Results.Text(collector.Read(families => ExpositionWriter.Write(families, format)), format.ContentType());
    });
}
