using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Primitives;

namespace Observe.Query.Api.Declarations;

internal static class ApiRouteMapping
{
    /// <summary>Maps a declared route. Its declaration goes with it, for <see cref="Of"/> and for the OpenAPI document.</summary>
    public static void MapApi(this IEndpointRouteBuilder routes, ApiRoute route, Delegate handler)
    {
        RouteHandlerBuilder mapped = routes.MapMethods(route.Pattern ?? route.Path, route.Methods, handler).WithMetadata(route);
        if (route.IsStrict)
        {
            mapped.AddEndpointFilter(async (context, next) => Check(route, context.HttpContext.Request.Query) ?? await next(context));
        }
    }

    /// <summary>The declaration of the route that a request came to.</summary>
    public static ApiRoute Of(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<ApiRoute>()
        ?? throw new InvalidOperationException($"The route of {context.Request.Path} has no declaration: map it with {nameof(MapApi)}.");

    private static IResult? Check(ApiRoute route, IQueryCollection query)
    {
        try
        {
            foreach ((string name, StringValues values) in query)
            {
                route.Check(name, values.Count);
            }

            return null;
        }
        catch (FormatException e)
        {
            return Problems.Parameter(e.Message);
        }
    }
}
