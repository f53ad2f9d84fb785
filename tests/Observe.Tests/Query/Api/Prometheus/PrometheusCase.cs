using System.Text.Json;

namespace Observe.Tests.Query.Api.Prometheus;

/// <summary>A line of a file of cases: a route with its parameters as they are before escaping ⇒ the status and the body, or the status alone.</summary>
internal static class PrometheusCase
{
    public const string Root = "/prometheus/api/v1/";

    private static readonly JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static async Task AssertGetAsync(HttpClient client, string request, string expected)
    {
        (string route, List<KeyValuePair<string, string>> parameters) = Parts(request);
        using HttpResponseMessage answer = await client.GetAsync(
            $"{Root}{route}?{string.Join('&', parameters.Select(pair => $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(pair.Value)}"))}",
            TestContext.Current.CancellationToken);
        await AssertAsync(expected, answer);
    }

    public static (string Route, List<KeyValuePair<string, string>> Parameters) Parts(string request)
    {
        string[] parts = request.Split('?', 2);
        return (parts[0], [.. parts.Length < 2 ? [] : parts[1].Split('&').Select(pair => pair.Split('=', 2)).Select(pair => KeyValuePair.Create(pair[0], pair[1]))]);
    }

    public static async Task AssertAsync(string expected, HttpResponseMessage answer)
    {
        string body = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
        using JsonDocument document = JsonDocument.Parse(body);
        string actual = $"{(int)answer.StatusCode} {JsonSerializer.Serialize(document, Plain)}";

        // A status alone is a request whose body another test looks at.
        Assert.Equal(expected, expected.Contains(' ', StringComparison.Ordinal) ? actual : actual[..3]);
    }
}
