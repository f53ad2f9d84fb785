using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Observe.Query.Api.Declarations;
using Observe.Query.Api.Schemas;
using Observe.Query.Services;

namespace Observe.Query.Api;

/// <summary><c>/api/v1/services</c>.</summary>
internal static class CatalogEndpoints
{
    private static readonly ApiRoute Route = new("/api/v1/services", "services", ApiTags.Services, "Services and how they do: rate, errors, durations.")
    {
        Parameters = [CommonParameters.From, CommonParameters.To],
        Answers = [ApiAnswer.Of(ServiceSchemas.Services, "The services that sent logs or spans in the range.")],
        Problems = ProblemKind.OfQuestions,
    };

    public static void MapCatalogs(this IEndpointRouteBuilder routes)
    {
        routes.MapApi(Route, (HttpContext context, IServiceCatalog catalog, TimeProvider time) =>
            QueryRequestHandler.RunAsync(context, async (parameters, cancellationToken) =>
            {
                Time.TimeRange range = parameters.Range(time);
                IReadOnlyList<ServiceSummary> services = await catalog.GetServicesAsync(range, cancellationToken);
                return Array("services", services, (writer, service) => WriteService(writer, service, range.Duration));
            }));
    }

    private static JsonAnswer Array<T>(string name, IReadOnlyList<T> items, Action<Utf8JsonWriter, T> write) => new(async (writer, cancellationToken) =>
    {
        writer.WriteStartObject();
        writer.WriteStartArray(name);
        foreach (T item in items)
        {
            write(writer, item);
            await JsonAnswer.FlushIfLargeAsync(writer, cancellationToken);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    });

    private static void WriteService(Utf8JsonWriter writer, ServiceSummary service, TimeSpan range)
    {
        writer.WriteStartObject();
        writer.WriteString("name", service.Name);
        writer.WriteNumber("requests", service.Requests);
        writer.WriteNumber("requestsPerSecond", range > TimeSpan.Zero ? service.Requests / range.TotalSeconds : 0);
        writer.WriteNumber("errors", service.Errors);
        writer.WriteNumber("errorRate", service.Requests == 0 ? 0 : (double)service.Errors / service.Requests);
        writer.WriteNumber("logs", service.Logs);
        WriteMilliseconds(writer, "p50Ms", service.P50Ns);
        WriteMilliseconds(writer, "p95Ms", service.P95Ns);
        WriteMilliseconds(writer, "p99Ms", service.P99Ns);
        writer.WriteEndObject();
    }

    private static void WriteMilliseconds(Utf8JsonWriter writer, string name, double? nanoseconds)
    {
        if (nanoseconds is { } value)
        {
            writer.WriteNumber(name, value / 1e6);
        }
        else
        {
            writer.WriteNull(name);
        }
    }
}
