using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json;
using Observe.Storage.Engine;
using Observe.Tests.Query.Api;
using Observe.Tests.Query.Seeds;

namespace Observe.Tests.Query.Hostile;

/// <summary>Sends queries as a client would, and says which answers are well.</summary>
internal static class HostileCalls
{
    /// <summary>The API's own limit of rows.</summary>
    public const int MaxRows = 10_000;

    public static async Task<(HttpStatusCode Status, string Body)> SendAsync(HttpClient client, string query, string? path = null)
    {
        string from = (Seed.Range.From / 1_000_000).ToString(System.Globalization.CultureInfo.InvariantCulture);
        string to = (Seed.Range.To / 1_000_000).ToString(System.Globalization.CultureInfo.InvariantCulture);
        string json = JsonSerializer.Serialize(new { q = query, from, to, limit = MaxRows });
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await client.PostAsync(path ?? "/api/v1/query", content, TestContext.Current.CancellationToken);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>Nothing of a test goes on in the engine, and it answers the next question.</summary>
    public static async Task AssertWellAsync(QueryApiFixture fixture)
    {
        string running = $"SELECT count() FROM system.processes WHERE current_database = '{fixture.Engine.Database}' AND query NOT LIKE '%system.processes%'";
        var watch = Stopwatch.StartNew();
        while (await CountAsync() > 0)
        {
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), "A query goes on in the engine.");
        }

        (HttpStatusCode status, string body) = await SendAsync(fixture.Client, "timed");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(1, JsonDocument.Parse(body).RootElement.GetProperty("rows").GetArrayLength());

        async Task<ulong> CountAsync() =>
            (await fixture.Engine.QueryAllAsync(new SqlStatement(running), TestContext.Current.CancellationToken))[0].Columns[0].GetUInt64(0);
    }

    /// <summary>Rows within the limit, or a problem that says where in the query it is, or which limit was hit.</summary>
    public static void AssertAnsweredOrRefused(string query, HttpStatusCode status, string body)
    {
        string shown = $"{(int)status} {(query.Length > 300 ? query[..300] + "…" : query)}\n{(body.Length > 2000 ? body[..2000] : body)}";
        using JsonDocument document = JsonDocument.Parse(body);
        JsonElement root = document.RootElement;
        switch ((int)status)
        {
            case 200:
                Assert.True(root.GetProperty("rows").GetArrayLength() <= MaxRows, shown);
                break;
            case 400:
                Assert.True(root.GetProperty("type").GetString() == "urn:observe:problem:query-syntax", shown);
                JsonElement position = root.GetProperty("position");
                Assert.True(position.GetProperty("line").GetInt32() >= 1 && position.GetProperty("column").GetInt32() >= 1, shown);
                Assert.True(position.GetProperty("length").GetInt32() >= 0, shown);
                Assert.NotEmpty(root.GetProperty("detail").GetString()!);
                break;
            case 422 or 504:
                Assert.Contains(root.GetProperty("type").GetString(), (string[])["urn:observe:problem:memory-limit", "urn:observe:problem:row-limit", "urn:observe:problem:time-limit"]);
                break;
            default:
                Assert.Fail(shown);
                break;
        }
    }
}
