using System.Text.Json;

namespace Observe.Tests.Query.Api.OpenApi;

/// <summary>A server's OpenAPI document, as its clients get it.</summary>
internal sealed class ApiDocument
{
    private ApiDocument(string text)
    {
        Text = text;
        Root = JsonElement.Parse(text);
        Schemas = new JsonSchemaCheck(Root);
        Operations =
        [
            .. Root.GetProperty("paths").EnumerateObject().SelectMany(path =>
                path.Value.EnumerateObject().Select(method => new ApiOperation(path.Name, method.Name.ToUpperInvariant(), method.Value))),
        ];
    }

    public string Text { get; }

    public JsonElement Root { get; }

    public JsonSchemaCheck Schemas { get; }

    public IReadOnlyList<ApiOperation> Operations { get; }

    public static async Task<ApiDocument> OfAsync(HttpClient client) =>
        new(await client.GetStringAsync("/api/openapi.json", TestContext.Current.CancellationToken));

    public ApiOperation Operation(string id) => Operations.Single(operation => operation.Id == id);

    /// <summary>An answer is one that the document tells of: its status, its media type and, where it is JSON, all that is in it.</summary>
    public async Task AssertDescribesAsync(string operationId, HttpResponseMessage response)
    {
        JsonElement responses = Operation(operationId).Json.GetProperty("responses");
        string body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        string shown = $"{operationId} answered {(int)response.StatusCode}: {(body.Length > 500 ? body[..500] : body)}";
        Assert.True(responses.TryGetProperty(((int)response.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture), out JsonElement described), shown);
        if (!described.TryGetProperty("content", out JsonElement contents))
        {
            Assert.Empty(body);
            return;
        }

        string mediaType = response.Content.Headers.ContentType!.MediaType!;
        Assert.True(contents.TryGetProperty(mediaType, out JsonElement content), $"{mediaType} is not described. {shown}");
        if (mediaType is "application/json" or "application/problem+json")
        {
            Assert.Equal([], Schemas.Errors(content.GetProperty("schema"), JsonElement.Parse(body)));
        }
    }
}
