using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Observe.Query.Api.Declarations;
using Observe.Query.Language;
using Observe.Query.Tail;

namespace Observe.Query.Api;

/// <summary><c>/api/v1/tail</c>: records as they arrive, as server-sent events.</summary>
internal static class TailEndpoint
{
    private const string Events = """
        Server-sent events. `record`: a log or a span, as the schemas Log and Span say. `notice`: {"passedOver", "reason" (rate, slow or query), "detail"}.
        `error`: {"detail"}; it is tried again. `id`, with the last event of a batch, is where a tail goes on.
        """;

    private static readonly Parameter<long?> LastEventId = Position("lastEventId", "The same as the header Last-Event-ID, for clients that cannot send it.");

    private static readonly Parameter<long?> LastEventIdHeader =
        Position("Last-Event-ID", "The id of the event after which to go on, as a browser's EventSource sends it.") with { Place = ParameterPlace.Header };

    public static void MapTail(this IEndpointRouteBuilder routes)
    {
        TailOptions limits = routes.ServiceProvider.GetRequiredService<IOptions<TailOptions>>().Value;
        Parameter<int> rate = ParameterKinds.Count(
            "rate", "Records a second; what matches beyond that is passed over, and it is said.", Math.Min(TailLimits.DefaultRate, limits.MaxRate), limits.MaxRate);
        var route = new ApiRoute("/api/v1/tail", "tail", ApiTags.Search, "Matching records as they arrive.")
        {
            Parameters = [CommonParameters.Query with { Description = "A filter in the search language, without stages; nothing takes every log." }, rate, LastEventId, LastEventIdHeader],
            Answers = [new ApiAnswer(StatusCodes.Status200OK, Events.ReplaceLineEndings(" "), (TailAnswer.MediaType, Schema.Text))],
            Problems = [ProblemKind.TooManyViewers, .. ProblemKind.OfQueries],
        };
        routes.MapApi(route, (HttpContext context, ITailService tail, IOptions<TailOptions> options, TimeProvider time) =>
            QueryRequestHandler.RunAsync(context, async (parameters, cancellationToken) =>
            {
                var request = new TailRequest(
                    parameters.Query,
                    parameters.Get(rate),
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
    }

    /// <summary>A browser's EventSource says in a header where it was when its connection broke.</summary>
    private static long? After(HttpRequest request, QueryParameters parameters) =>
        parameters.Get(LastEventId) ?? LastEventIdHeader.Read(request.Headers[LastEventIdHeader.Name].ToString());

    private static Parameter<long?> Position(string name, string description) => new(name, description, Schema.Count, text =>
        string.IsNullOrEmpty(text) ? null
            : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long position) ? position
            : throw new FormatException($"Last-Event-ID is the id of an event of this tail, a number; not \"{Excerpt.Of(text)}\". Leave it out to begin now."))
    { Example = "0" };
}
