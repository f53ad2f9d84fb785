using System.Text.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.OpenApi;
using Microsoft.OpenApi.Reader;
using Observe.Query.Api.Declarations;

namespace Observe.Tests.Query.Api.OpenApi;

public sealed class OpenApiDocumentTests(QueryApiFixture fixture) : IClassFixture<QueryApiFixture>
{
    [Fact]
    public async Task Document_ReadByAnotherProgram_IsValid()
    {
        ApiDocument document = await ApiDocument.OfAsync(fixture.Client);
        ReadResult read = OpenApiDocument.Parse(document.Text, "json");
        OpenApiDiagnostic found = read.Diagnostic!;
        Assert.Equal([], found.Errors.Select(error => error.ToString()));
        Assert.Equal([], found.Warnings.Select(warning => warning.ToString()));
        Assert.Equal(OpenApiSpecVersion.OpenApi3_1, found.SpecificationVersion);
        OpenApiDocument parsed = read.Document!;
        Assert.Equal([], parsed.Validate(ValidationRuleSet.GetDefaultRuleSet()).Select(error => error.ToString()));
        Assert.Equal(document.Operations.Count, parsed.Paths.Sum(path => path.Value.Operations!.Count));
    }

    [Fact]
    public async Task Document_References_LeadSomewhereAndEverySchemaIsUsedOrIsOfARecord()
    {
        ApiDocument document = await ApiDocument.OfAsync(fixture.Client);
        string[] references = [.. References(document.Root).Distinct()];
        Assert.NotEmpty(references);
        Assert.All(references, reference => document.Schemas.Resolve(reference));
        Assert.Subset(
            new HashSet<string>([.. references, "#/components/schemas/Log", "#/components/schemas/Span"]),
            document.Root.GetProperty("components").GetProperty("schemas").EnumerateObject().Select(schema => $"#/components/schemas/{schema.Name}").ToHashSet());
    }

    [Fact]
    public async Task Document_Operations_HaveIdsOfTheirOwnAndSayWhatTheyAre()
    {
        ApiDocument document = await ApiDocument.OfAsync(fixture.Client);
        Assert.Equal(document.Operations.Count, document.Operations.Select(operation => operation.Id).Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(document.Operations, operation =>
        {
            Assert.NotEmpty(operation.Json.GetProperty("summary").GetString()!);
            Assert.Equal(operation.Parameters.Count, operation.Parameters.Select(p => (p.GetProperty("name").GetString(), p.GetProperty("in").GetString())).Distinct().Count());
            Assert.All(operation.Parameters, parameter =>
            {
                Assert.NotEmpty(parameter.GetProperty("description").GetString()!);
                Assert.Equal([], document.Schemas.Errors(parameter.GetProperty("schema"), parameter.GetProperty("example")));
                if (parameter.GetProperty("schema").TryGetProperty("default", out JsonElement value))
                {
                    Assert.Equal([], document.Schemas.Errors(parameter.GetProperty("schema"), value));
                }
            });
        });
    }

    /// <summary>No route is without a declaration, and none is declared that is not there.</summary>
    [Fact]
    public async Task Document_AndRoutes_Agree()
    {
        ApiDocument document = await ApiDocument.OfAsync(fixture.Client);
        RouteEndpoint[] routes = [.. fixture.Endpoints.OfType<RouteEndpoint>().Where(route => route.RoutePattern.RawText is not ("/api/{**path}" or "/prometheus/{**path}"))];
        string[] mapped = [.. routes.SelectMany(route => route.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Select(method =>
            $"{method} {route.Metadata.GetMetadata<ApiRoute>()?.Path ?? $"{route.RoutePattern.RawText} without a declaration"}"))];
        Assert.Equal(mapped.Order(), document.Operations.Select(operation => $"{operation.Method} {operation.Path}").Order());

        // A route without a path of its own, one that takes whatever follows, takes what its declaration says.
        Assert.All(routes, route => Assert.Equal(
            [.. Names(route.Metadata.GetMetadata<ApiRoute>()!.Path)],
            route.Metadata.GetMetadata<ApiRoute>()!.Parameters.Where(parameter => parameter.Place == ParameterPlace.Path).Select(parameter => parameter.Name)));
    }

    private static IEnumerable<string> Names(string path) => path.Split('/').Where(segment => segment.StartsWith('{')).Select(segment => segment.Trim('{', '}'));

    private static IEnumerable<string> References(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => json.EnumerateObject().SelectMany(member =>
            member.Name == "$ref" ? [member.Value.GetString()!] : References(member.Value)),
        JsonValueKind.Array => json.EnumerateArray().SelectMany(References),
        _ => [],
    };
}
