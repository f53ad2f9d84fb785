using System.Net.Http.Json;
using System.Text.Json;

namespace Observe.Tests.Hosting;

/// <summary>Asks a running Observe through its HTTP API, as anybody else would.</summary>
public static class ObserveApi
{
    /// <summary>Runs a search over the last and the next hour. Each row is an object with the columns' names.</summary>
    public static async Task<IReadOnlyList<Dictionary<string, JsonElement>>> SearchAsync(this ObserveProcess observe, string query, int limit = 1000)
    {
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        string path = $"/api/v1/query?q={Uri.EscapeDataString(query)}&from={Time(now.AddHours(-1))}&to={Time(now.AddHours(1))}&limit={limit}";
        return Rows(await observe.GetJsonAsync(path));
    }

    /// <summary>Runs a SELECT. Each row is an object with the columns' names.</summary>
    public static async Task<IReadOnlyList<Dictionary<string, JsonElement>>> SqlAsync(this ObserveProcess observe, string sql)
    {
        using HttpResponseMessage response = await observe.Api.PostAsJsonAsync("/api/v1/sql", new { sql }, TestContext.Current.CancellationToken);
        return Rows(await ReadAsync(response, sql));
    }

    public static async Task<JsonElement> GetJsonAsync(this ObserveProcess observe, string path)
    {
        using HttpResponseMessage response = await observe.Api.GetAsync(path, TestContext.Current.CancellationToken);
        return await ReadAsync(response, path);
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage response, string asked)
    {
        string body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, $"Observe answered {(int)response.StatusCode} to {asked}: {body}");
        using JsonDocument document = JsonDocument.Parse(body);
        return document.RootElement.Clone();
    }

    private static List<Dictionary<string, JsonElement>> Rows(JsonElement answer)
    {
        string[] names = [.. answer.GetProperty("columns").EnumerateArray().Select(column => column.GetProperty("name").GetString()!)];
        return [.. answer.GetProperty("rows").EnumerateArray().Select(row =>
            row.EnumerateArray().Select((value, index) => (value, index)).ToDictionary(x => names[x.index], x => x.value))];
    }

    private static string Time(DateTimeOffset time) => Uri.EscapeDataString(time.UtcDateTime.ToString("O"));
}
