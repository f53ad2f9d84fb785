using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Observe.Tests.Query.Api.OpenApi;

/// <summary>A route takes the parameters that the document tells of, each once, and no others.</summary>
public sealed class DeclaredParameterTests(QueryApiFixture fixture) : IClassFixture<QueryApiFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Declared_WithItsExample_IsTaken()
    {
        int tried = 0;
        foreach (ApiOperation operation in (await ApiDocument.OfAsync(fixture.Client)).Operations)
        {
            foreach (string name in operation.QueryParameters)
            {
                string value = operation.ExampleOf(name);
                string sent = operation.IsRequired(name) ? "" : $"{name}={Uri.EscapeDataString(value)}";
                await AssertTakenAsync(operation, new HttpRequestMessage(new HttpMethod(operation.Method), operation.Example + sent));
                tried++;
                if (operation.Method == "POST" && !operation.IsRequired(name))
                {
                    await AssertTakenAsync(operation, Post(operation, new FormUrlEncodedContent([new(name, value)])));
                    await AssertTakenAsync(operation, Post(operation, JsonContent.Create(new Dictionary<string, string> { [name] = value })));
                }
            }
        }

        Assert.True(tried > 40, $"Only {tried} parameters were tried.");
    }

    [Fact]
    public async Task NotDeclared_IsRefusedWithTheNamesOfThoseThatAre()
    {
        ApiOperation[] operations = [.. (await ApiDocument.OfAsync(fixture.Client)).Operations.Where(operation => operation.IsStrict)];
        Assert.All(operations, operation => Assert.StartsWith("/api/", operation.Path, StringComparison.Ordinal));
        foreach (ApiOperation operation in operations)
        {
            string[] names = [.. operation.QueryParameters];
            string known = names.Length == 0 ? "This route takes none." : $"Parameters: {string.Join(", ", names)}.";
            string detail = $"There is no parameter \"qqqqqqqq\" here. {known}";
            await AssertRefusedAsync(operation, new HttpRequestMessage(new HttpMethod(operation.Method), operation.Example + "qqqqqqqq=1"), detail);
            if (operation.Method == "POST")
            {
                await AssertRefusedAsync(operation, Post(operation, new FormUrlEncodedContent([new("qqqqqqqq", "1")])), detail);
                await AssertRefusedAsync(operation, Post(operation, JsonContent.Create(new { qqqqqqqq = 1 })), detail);
            }
        }
    }

    [Fact]
    public async Task Repeated_IsRefused()
    {
        foreach (ApiOperation operation in (await ApiDocument.OfAsync(fixture.Client)).Operations.Where(operation => operation.IsStrict))
        {
            foreach (string name in operation.QueryParameters)
            {
                string pair = $"{name}={Uri.EscapeDataString(operation.ExampleOf(name))}";
                string sent = operation.IsRequired(name) ? pair : $"{pair}&{pair}";
                string detail = $"{name} is given 2 times; it takes one value.";
                await AssertRefusedAsync(operation, new HttpRequestMessage(new HttpMethod(operation.Method), operation.Example + sent), detail);
                if (operation.Method == "POST")
                {
                    await AssertRefusedAsync(operation, Post(operation, new StringContent($"{pair}&{pair}", Encoding.UTF8, "application/x-www-form-urlencoded")), detail);
                    await AssertRefusedAsync(operation, Post(operation, new StringContent($"{{\"{name}\":\"1\",\"{name}\":\"1\"}}", Encoding.UTF8, "application/json")), detail);
                }
            }
        }
    }

    [Theory]
    [InlineData("/api/v1/query?form=now-1d", "There is no parameter \"form\" here; did you mean \"from\"? Parameters: q, from, to, limit, format, explain.")]
    [InlineData("/api/v1/query?From=now-1d", "There is no parameter \"From\" here; did you mean \"from\"? Parameters: q, from, to, limit, format, explain.")]
    [InlineData("/api/v1/query?start=now-1d", "There is no parameter \"start\" here. Parameters: q, from, to, limit, format, explain.")]
    [InlineData("/api/v1/fields/http.route/values?name=x", "There is no parameter \"name\" here. Parameters: q, from, to, signal, source, limit, prefix.")]
    [InlineData("/api/v1/traces/4bf92f3577b34da6a3ce929d0e0e4736?from=now-1d", "There is no parameter \"from\" here. This route takes none.")]
    [InlineData("/api/v1/queries?limit=1", "There is no parameter \"limit\" here. This route takes none.")]
    public async Task NotDeclared_Mistyped_NamesTheNearest(string path, string detail)
    {
        using HttpResponseMessage response = await fixture.Client.GetAsync(path, Token);
        Assert.Equal((HttpStatusCode.BadRequest, detail), (response.StatusCode, await DetailAsync(response)));
    }

    /// <summary>What asks these is often set up by somebody else, and a process must not go out of service for an addition to its address.</summary>
    [Theory]
    [InlineData("/health/live?probe=1")]
    [InlineData("/health/ready?probe=1")]
    [InlineData("/health/startup?probe=1")]
    [InlineData("/metrics?module=observe&module=x")]
    public async Task NotDeclared_ByProbesAndScrapers_IsIgnored(string path)
    {
        using HttpResponseMessage response = await fixture.Client.GetAsync(path, Token);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Body_TooLargeWithoutALength_IsAProblem()
    {
        using var content = new StringContent($"{{\"q\":\"{new string('a', 2 << 20)}\"}}", Encoding.UTF8, "application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/query") { Content = content };
        request.Headers.TransferEncodingChunked = true;
        using HttpResponseMessage response = await fixture.Client.SendAsync(request, Token);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("The request's body has more than 1048576 bytes, which is all that is taken.", await DetailAsync(response));
    }

    private static HttpRequestMessage Post(ApiOperation operation, HttpContent content) => new(HttpMethod.Post, operation.Example) { Content = content };

    /// <summary>Nothing is stored under the examples' ids.</summary>
    private async Task AssertTakenAsync(ApiOperation operation, HttpRequestMessage request)
    {
        using (request)
        using (HttpResponseMessage response = await fixture.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token))
        {
            Assert.True(
                response.IsSuccessStatusCode || response.StatusCode == HttpStatusCode.NotFound,
                $"{operation.Method} {request.RequestUri} {(response.IsSuccessStatusCode ? "" : await response.Content.ReadAsStringAsync(Token))}");
        }
    }

    private async Task AssertRefusedAsync(ApiOperation operation, HttpRequestMessage request, string detail)
    {
        using (request)
        using (HttpResponseMessage response = await fixture.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token))
        {
            Assert.True(response.StatusCode == HttpStatusCode.BadRequest, $"{operation.Method} {request.RequestUri} was answered with {(int)response.StatusCode}.");
            Assert.Equal(detail, await DetailAsync(response));
        }
    }

    private static async Task<string> DetailAsync(HttpResponseMessage response) =>
        JsonElement.Parse(await response.Content.ReadAsStringAsync(Token)).GetProperty("detail").GetString()!;
}
