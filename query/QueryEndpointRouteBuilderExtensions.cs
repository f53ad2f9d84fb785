using Microsoft.AspNetCore.Routing;
using Observe.Query.Api;
using Observe.Query.Api.OpenApi;
using Observe.Query.Api.Prometheus;
using Observe.Query.Health;
using Observe.Query.SelfMetrics;

namespace Observe.Query;

public static class QueryEndpointRouteBuilderExtensions
{
    /// <summary>Maps the HTTP interface of this tier: <c>/api/…</c>, <c>/prometheus/…</c>, <c>/health/…</c> and <c>/metrics</c>.</summary>
    public static IEndpointRouteBuilder MapObserveQuery(this IEndpointRouteBuilder routes)
    {
        routes.MapSearch();
        routes.MapTrace();
        routes.MapCorrelate();
        routes.MapTail();
        routes.MapCatalogs();
        routes.MapServiceMap();
        routes.MapFields();
        routes.MapMetricBrowser();
        routes.MapSql();
        routes.MapLedger();
        routes.MapCardinality();
        routes.MapQueries();
        routes.MapPrometheus();
        routes.MapHealth();
        routes.MapMetrics();
        routes.MapOpenApi();
        routes.MapUnknownPaths();
        return routes;
    }
}
