using Microsoft.AspNetCore.Routing;

namespace Observe.Query.Api.Prometheus;

/// <summary>Prometheus's interface, so that Grafana and other clients take this program for a Prometheus.</summary>
/// <remarks>https://prometheus.io/docs/prometheus/latest/querying/api/</remarks>
internal static class PrometheusEndpoints
{
    public static void MapPrometheus(this IEndpointRouteBuilder routes)
    {
        routes.MapPrometheusQueries();
        routes.MapPrometheusSeries();
        routes.MapPrometheusStatus();
    }
}
