using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;
using Observe.Query.Api.Declarations;
using Observe.Query.Api.OpenApi;
using Observe.Query.Api.Prometheus;
using Observe.Query.Language;

namespace Observe.Query.Api;

/// <summary>What stands below <c>/api/</c> or <c>/prometheus/</c> and is no route, or is one with another method.</summary>
internal static class UnknownPathEndpoint
{
    private const string Known = $"GET {OpenApiEndpoint.Path} describes all.";

    public static void MapUnknownPaths(this IEndpointRouteBuilder routes)
    {
        // Routes that are mapped later belong to it too, and to list them takes 20 ms.
        var known = new Lazy<(ApiRoute Route, TemplateMatcher Matcher)[]>(() => [.. OpenApiEndpoint.Declared(routes).Select(route => (route, MatcherOf(route)))]);
        Map("/api/{**path}", Problems.Path, Problems.Method);
        Map($"{PrometheusRoutes.Root}/{{**path}}", PrometheusError.NotFound, PrometheusError.Method);

        void Map(string pattern, Func<string, IResult> unknown, Func<string, IResult> otherMethod) => routes.MapFallback(pattern, (HttpContext context) =>
        {
            string path = context.Request.Path.Value!;
            string[] methods = [.. known.Value.Where(one => one.Matcher.TryMatch(context.Request.Path, [])).SelectMany(one => one.Route.Methods).Distinct()];
            if (methods.Length > 0)
            {
                context.Response.Headers.Allow = string.Join(", ", methods);
                return otherMethod($"{Excerpt.Of(path)} takes {string.Join(" or ", methods)}, not {Excerpt.Of(context.Request.Method)}. {Known}");
            }

            string hint = Nearest(path, known.Value.Select(one => one.Route)) is { } nearest ? $"; did you mean {nearest}?" : ".";
            return unknown($"There is no path {Excerpt.Of(path)}{hint} {Known}");
        });
    }

    private static TemplateMatcher MatcherOf(ApiRoute route) => new(TemplateParser.Parse((route.Pattern ?? route.Path).TrimStart('/')), []);

    /// <summary>The declared path that was perhaps meant: beside what was sent in the place of its parameters it is nearly the same.</summary>
    private static string? Nearest(string path, IEnumerable<ApiRoute> declared)
    {
        string[] segments = Segments(path);
        return declared
            .Select(route => (route.Path, Distance: Distance(segments, Segments(route.Path))))
            .Where(candidate => candidate.Distance is not null)
            .OrderBy(candidate => candidate.Distance)
            .ThenBy(candidate => candidate.Path, StringComparer.Ordinal)
            .Select(candidate => candidate.Path)
            .FirstOrDefault();
    }

    private static int? Distance(string[] sent, string[] known)
    {
        if (sent.Length != known.Length)
        {
            return null;
        }

        int[] constant = [.. Enumerable.Range(0, known.Length).Where(i => known[i][0] != '{')];
        return NearestName.Distance(Text(sent), Text(known));

        string Text(string[] segments) => string.Join('/', constant.Select(i => segments[i]));
    }

    /// <summary>What follows <c>/api/</c> and the version, which are easily forgotten or put where they do not belong.</summary>
    private static string[] Segments(string path) =>
        [.. path.Split('/', StringSplitOptions.RemoveEmptyEntries).SkipWhile((segment, i) => i == 0 ? segment == "api" : i == 1 && segment is ['v', >= '0' and <= '9'])];
}
