using Microsoft.AspNetCore.Routing;
using Observe.Query.Api;
using Observe.Query.Health;

namespace Observe.Query;

public static class QueryEndpointRouteBuilderExtensions
{
    /// <summary>Maps the HTTP interface of this tier: <c>/api/v1/…</c> and <c>/health/…</c>.</summary>
    public static IEndpointRouteBuilder MapObserveQuery(this IEndpointRouteBuilder routes)
    {
        routes.MapSearch();
        routes.MapTrace();
        routes.MapCatalogs();
        routes.MapSql();
        routes.MapLedger();
        routes.MapHealth();
        return routes;
    }
}
