using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;
using Observe.Query.Tail;

namespace Observe.Query.Api;

/// <summary><c>/api/v1/tail</c>: records as they arrive, as server-sent events.</summary>
internal static class TailEndpoint
{
    public static void MapTail(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/v1/tail", (HttpContext context, ITailService tail, IOptions<TailOptions> options, TimeProvider time) =>
            QueryRequestHandler.RunAsync(context, async (parameters, cancellationToken) =>
            {
                var request = new TailRequest(
                    parameters["q"] ?? "",
                    parameters.Count("rate", Math.Min(TailLimits.DefaultRate, options.Value.MaxRate), options.Value.MaxRate),
                    After(context.Request, parameters));
                try
                {
                    return new TailAnswer(await tail.OpenAsync(request, cancellationToken), options.Value, time);
                }
                catch (TailLimitException e)
                {
                    context.Response.Headers.RetryAfter = "10";
                    return Problems.TooManyViewers(e.Message);
                }
            }));

    /// <summary>A browser's EventSource says in a header where it was when its connection broke.</summary>
    private static long? After(HttpRequest request, QueryParameters parameters)
    {
        string? text = parameters["lastEventId"] is { Length: > 0 } parameter ? parameter : request.Headers["Last-Event-ID"].ToString();
        return string.IsNullOrEmpty(text) ? null
            : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long position) ? position
            : throw new FormatException($"Last-Event-ID is the id of an event of this tail, a number; not \"{text}\". Leave it out to begin now.");
    }
}
