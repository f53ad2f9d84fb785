using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Observe.Query.Api.Declarations;

namespace Observe.Query.Api.OpenApi;

/// <summary><c>/api/openapi.json</c>: this interface, for programs.</summary>
internal static class OpenApiEndpoint
{
    public const string Path = "/api/openapi.json";

    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly ApiRoute Route = new(Path, "openApi", ApiTags.Operation, "This document: every path with its parameters and answers.")
    {
        Answers = [ApiAnswer.Of(Schema.Map(Schema.Any), "OpenAPI 3.1.")],
    };

    public static void MapOpenApi(this IEndpointRouteBuilder routes)
    {
        // Routes that are mapped later belong to it too, so it is made when it is asked for, once.
        var document = new Lazy<byte[]>(() => JsonSerializer.SerializeToUtf8Bytes(OpenApiDocument.Of(Declared(routes)), Json));
        routes.MapApi(Route, () => Results.Bytes(document.Value, "application/json; charset=utf-8"));
    }

    /// <summary>The declarations of all routes, in the order in which they were mapped.</summary>
    public static IEnumerable<ApiRoute> Declared(IEndpointRouteBuilder routes) => routes.DataSources
        .SelectMany(source => source.Endpoints)
        .Select(endpoint => endpoint.Metadata.GetMetadata<ApiRoute>())
        .OfType<ApiRoute>();
}
