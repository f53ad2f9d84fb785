using System.Text.Json.Nodes;
using Observe.Query.Api.Declarations;
using Observe.Query.Api.Schemas;

namespace Observe.Query.Api.OpenApi;

/// <summary>The OpenAPI document of declared routes.</summary>
/// <remarks>
/// <see href="https://spec.openapis.org/oas/v3.1.1.html"/>. It is assembled here and not by ASP.NET's generator, which describes what it finds by
/// reflection: answers are written as they are made and have no types that it could find.
/// </remarks>
internal static class OpenApiDocument
{
    private const string Description = """
        Logs, metrics and traces: search, count, chart and follow them.

        Times are RFC 3339 in UTC. What goes wrong is a problem document (RFC 9457) whose type says what kind it is. A parameter that a route does not
        know, or that is given twice, is refused. POST takes the parameters as a JSON object or a form too, which overrule the query string. An answer
        may be up to two seconds old; `Cache-Control: no-cache` asks anew. With 429 and 503, Retry-After says when to come again.
        """;

    public static JsonObject Of(IEnumerable<ApiRoute> routes)
    {
        ApiRoute[] all = [.. routes];
        var paths = new JsonObject();
        foreach (ApiRoute route in all)
        {
            if (paths[route.Path] is not JsonObject path)
            {
                paths[route.Path] = path = [];
            }

            foreach (string method in route.Methods)
            {
                path[method.ToLowerInvariant()] = OpenApiOperation.Of(route, method);
            }
        }

        return new JsonObject
        {
            ["openapi"] = "3.1.1",
            ["info"] = new JsonObject
            {
                ["title"] = "Observe",
                ["version"] = typeof(OpenApiDocument).Assembly.GetName().Version!.ToString(3),
                ["description"] = Description,
                ["license"] = new JsonObject { ["name"] = "Apache-2.0", ["identifier"] = "Apache-2.0" },
            },
            ["servers"] = new JsonArray(new JsonObject { ["url"] = "/" }),
            ["tags"] = new JsonArray([.. all.Select(route => route.Tag).Distinct().Select(tag => new JsonObject { ["name"] = tag })]),
            ["paths"] = paths,
            ["components"] = new JsonObject { ["schemas"] = Schemas(all) },
        };
    }

    /// <summary>Every named schema that is used, in alphabetical order.</summary>
    private static JsonObject Schemas(IEnumerable<ApiRoute> routes)
    {
        var found = new SortedDictionary<string, Schema>(StringComparer.Ordinal);
        Schema[] roots =
        [
            AnswerSchemas.Problem, RecordSchemas.Log, RecordSchemas.Span,
            .. routes.SelectMany(route => route.Answers.Concat(route.Errors)).SelectMany(answer => answer.Contents).Select(content => content.Schema).OfType<Schema>(),
        ];
        foreach (Schema root in roots)
        {
            Add(root, found);
        }

        return new JsonObject(found.Select(schema => KeyValuePair.Create(schema.Key, (JsonNode?)schema.Value.Definition())));
    }

    /// <exception cref="InvalidOperationException">Two schemas have the same name.</exception>
    private static void Add(Schema schema, SortedDictionary<string, Schema> found)
    {
        if (schema.Name is { } name && !found.TryAdd(name, schema) && found[name] != schema)
        {
            throw new InvalidOperationException($"Two schemas are called {name}.");
        }

        foreach (Schema used in schema.Uses)
        {
            Add(used, found);
        }
    }
}
