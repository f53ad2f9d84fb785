using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;

namespace Observe.Bench.Questions;

/// <summary>Asks a running Observe.</summary>
internal sealed class ObserveClient(Uri web) : IDisposable
{
    // Longer than a question may take.
    private readonly HttpClient _http = new() { BaseAddress = web, Timeout = TimeSpan.FromMinutes(2) };

    /// <summary>A trace and a user of the middle of the time in which the logs lie, which <c>load</c> spreads evenly.</summary>
    /// <exception cref="BenchException">There are no logs, or Observe does not answer as it should.</exception>
    public async Task<KnownValues> KnowAsync(CancellationToken cancellation)
    {
        JsonElement times = (await SqlAsync("SELECT toUnixTimestamp64Milli(min(Timestamp)), toUnixTimestamp64Milli(max(Timestamp)), count() FROM logs", cancellation))[0];
        if (Number(times[2]) == 0)
        {
            throw new BenchException("There are no logs. Put some there first: Observe.Bench load --signal logs, and the same for spans.");
        }

        (long from, long to) = (Number(times[0]), Number(times[1]) + 1);
        long middle = from + ((to - from) / 2);
        JsonElement record = (await SqlAsync(
            $"SELECT lower(hex(TraceId)), Attributes.`user.id`.:String FROM logs WHERE Timestamp >= fromUnixTimestamp64Milli({middle}) AND Timestamp < fromUnixTimestamp64Milli({middle + 60_000}) ORDER BY Timestamp LIMIT 1",
            cancellation))[0];
        JsonElement[] tables = await SqlAsync(
            "SELECT table, sum(rows) FROM system.parts WHERE active AND database = 'observe' AND table IN ('logs', 'spans') GROUP BY table", cancellation);
        return new KnownValues(
            DateTimeOffset.FromUnixTimeMilliseconds(from), DateTimeOffset.FromUnixTimeMilliseconds(to),
            record[0].GetString()!, record[1].GetString()!, tables.ToDictionary(row => row[0].GetString()!, row => Number(row[1])));
    }

    /// <summary>The answer as it came; its length is what was read of it.</summary>
    public async Task<(int Status, byte[] Body)> GetAsync(string path, CancellationToken cancellation)
    {
        using HttpResponseMessage response = await _http.GetAsync(new Uri(path, UriKind.Relative), cancellation);
        return ((int)response.StatusCode, await response.Content.ReadAsByteArrayAsync(cancellation));
    }

    public void Dispose() => _http.Dispose();

    private async Task<JsonElement[]> SqlAsync(string sql, CancellationToken cancellation)
    {
        using HttpResponseMessage response = await _http.PostAsJsonAsync(new Uri("/api/v1/sql", UriKind.Relative), new { sql }, cancellation);
        string body = await response.Content.ReadAsStringAsync(cancellation);
        if (!response.IsSuccessStatusCode)
        {
            throw new BenchException($"Observe answered {(int)response.StatusCode}: {body}");
        }

        using JsonDocument answer = JsonDocument.Parse(body);
        return [.. answer.RootElement.Clone().GetProperty("rows").EnumerateArray()];
    }

    /// <summary>64-bit numbers come as text where JSON's readers would round them.</summary>
    private static long Number(JsonElement value) => value.ValueKind == JsonValueKind.String
        ? long.Parse(value.GetString()!, CultureInfo.InvariantCulture)
        : value.GetInt64();
}
