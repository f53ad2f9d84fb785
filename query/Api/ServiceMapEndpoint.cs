using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Observe.Query.Api.Declarations;
using Observe.Query.Api.Schemas;
using Observe.Query.Services;
using Observe.Query.Time;

namespace Observe.Query.Api;

/// <summary><c>/api/v1/service-map</c>: who calls whom, with rate, errors and durations.</summary>
internal static class ServiceMapEndpoint
{
    private static readonly ApiRoute Route = new("/api/v1/service-map", "serviceMap", ApiTags.Services, "Which service calls which, with rate, errors and durations.")
    {
        Parameters = [CommonParameters.From, CommonParameters.To],
        Answers = [ApiAnswer.Of(ServiceSchemas.Map, "The calls that were served in the range.")],
        Problems = ProblemKind.OfQuestions,
    };

    public static void MapServiceMap(this IEndpointRouteBuilder routes) =>
        routes.MapApi(Route, (HttpContext context, IServiceMapReader maps, TimeProvider time) =>
            QueryRequestHandler.RunAsync(context, async (parameters, cancellationToken) =>
            {
                TimeRange range = parameters.Range(time);
                ServiceMap map = await maps.GetAsync(range, cancellationToken);
                return new JsonAnswer((writer, token) => WriteAsync(writer, map, range.Duration, token));
            }));

    private static async Task WriteAsync(Utf8JsonWriter writer, ServiceMap map, TimeSpan range, CancellationToken cancellationToken)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("nodes");
        foreach (ServiceMapNode node in map.Nodes)
        {
            writer.WriteStartObject();
            WriteNode(writer, node);
            writer.WriteEndObject();
            await JsonAnswer.FlushIfLargeAsync(writer, cancellationToken);
        }

        writer.WriteEndArray();
        writer.WriteStartArray("edges");
        foreach (ServiceMapEdge edge in map.Edges)
        {
            WriteEdge(writer, edge, range);
            await JsonAnswer.FlushIfLargeAsync(writer, cancellationToken);
        }

        writer.WriteEndArray();
        if (map.Sample is { } sample)
        {
            writer.WriteStartObject("sample");
            writer.WriteNumber("spansInRange", sample.SpansInRange);
            writer.WriteNumber("spansRead", sample.SpansRead);
            writer.WriteString("way", sample.Way);
            writer.WriteEndObject();
        }
        else
        {
            writer.WriteNull("sample");
        }

        AnswerParts.WriteNotices(writer, map.Notices);
        writer.WriteEndObject();
    }

    private static void WriteEdge(Utf8JsonWriter writer, ServiceMapEdge edge, TimeSpan range)
    {
        writer.WriteStartObject();
        writer.WriteStartObject("caller");
        WriteNode(writer, edge.Caller);
        writer.WriteEndObject();
        writer.WriteStartObject("callee");
        WriteNode(writer, edge.Callee);
        writer.WriteEndObject();
        writer.WriteNumber("requests", edge.Requests);
        writer.WriteNumber("requestsPerSecond", range > TimeSpan.Zero ? edge.Requests / range.TotalSeconds : 0);
        writer.WriteNumber("errors", edge.Errors);
        writer.WriteNumber("errorRate", edge.Requests == 0 ? 0 : (double)edge.Errors / edge.Requests);
        writer.WriteNumber("withoutSpan", edge.WithoutSpan);
        writer.WriteNumber("p50Ms", edge.P50Ns / 1e6);
        writer.WriteNumber("p95Ms", edge.P95Ns / 1e6);
        writer.WriteNumber("p99Ms", edge.P99Ns / 1e6);
        writer.WriteEndObject();
    }

    private static void WriteNode(Utf8JsonWriter writer, ServiceMapNode node)
    {
        writer.WriteString("name", node.Name);
        writer.WriteString("type", RecordFields.Lower(node.Type));
        writer.WriteString("system", node.System);
    }
}
