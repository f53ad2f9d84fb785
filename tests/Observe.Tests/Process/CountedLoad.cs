using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Observe.Tests.Hosting;

namespace Observe.Tests.Process;

/// <summary>A load of numbered requests with numbered log records, which knows what was acknowledged.</summary>
internal sealed class CountedLoad(string run)
{
    private const int Connections = 4;

    private const int RecordsPerRequest = 50;

    /// <summary>From readiness until everything in the journal can be found.</summary>
    private static readonly TimeSpan Visible = TimeSpan.FromSeconds(60);

    private readonly ConcurrentDictionary<long, bool> _acknowledged = new();
    private long _sent;

    /// <summary>Sends over several connections; once so many requests are acknowledged, ends the process while sending goes on.</summary>
    public async Task RunAsync(ObserveProcess observe, int acknowledgements, Func<Task> end)
    {
        var enough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task[] connections = [.. Enumerable.Range(0, Connections).Select(_ => Task.Run(() => SendUntilRefusedAsync(observe, acknowledgements, enough)))];
        Task stopped = Task.WhenAll(connections);
        await Task.WhenAny(enough.Task, stopped);
        Assert.True(enough.Task.IsCompleted, $"Sending stopped after {_acknowledged.Count} acknowledgements. {observe.StandardOutput}\n{observe.StandardError}");
        await end();
        await stopped;
    }

    /// <summary>Every acknowledged request is stored once and whole; one that was not acknowledged is stored once and whole or not at all.</summary>
    public async Task VerifyAsync(ObserveProcess observe)
    {
        Dictionary<long, (long Rows, long Distinct)> stored = await Eventually.GetAsync(
            $"all {_acknowledged.Count} acknowledged requests of {run}",
            async () => await ReadAsync(observe) is { } found && _acknowledged.Keys.All(found.ContainsKey) ? found : null,
            Visible);

        Assert.All(stored, request => Assert.Equal((RecordsPerRequest, RecordsPerRequest), request.Value));
        Assert.All(stored.Keys, request => Assert.InRange(request, 1, _sent));
    }

    private async Task SendUntilRefusedAsync(ObserveProcess observe, int acknowledgements, TaskCompletionSource enough)
    {
        using var client = new HttpClient { BaseAddress = new Uri(observe.OtlpHttp) };
        while (true)
        {
            long request = Interlocked.Increment(ref _sent);
            using var content = new StringContent(Request(request), Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
            try
            {
                using HttpResponseMessage response = await client.PostAsync("/v1/logs", content);
                if (response.StatusCode == HttpStatusCode.ServiceUnavailable)
                {
                    return; // It is shutting down.
                }

                Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            }
            catch (HttpRequestException)
            {
                return; // It is gone.
            }

            _acknowledged[request] = true;
            if (_acknowledged.Count >= acknowledgements)
            {
                enough.TrySetResult();
            }
        }
    }

    private string Request(long request)
    {
        long time = (TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;
        var text = new StringBuilder("""{"resourceLogs":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"counted"}}]},"scopeLogs":[{"logRecords":[""");
        for (int record = 0; record < RecordsPerRequest; record++)
        {
            text.Append(record == 0 ? "" : ",").Append(
                CultureInfo.InvariantCulture,
                $$$"""{"timeUnixNano":"{{{time + record}}}","severityNumber":9,"body":{"stringValue":"record {{{record}}} of {{{request}}}"},"attributes":[{"key":"load.run","value":{"stringValue":"{{{run}}}"}},{"key":"load.request","value":{"intValue":"{{{request}}}"}},{"key":"load.record","value":{"intValue":"{{{record}}}"}}]}""");
        }

        return text.Append("]}]}]}").ToString();
    }

    private async Task<Dictionary<long, (long Rows, long Distinct)>> ReadAsync(ObserveProcess observe)
    {
        IReadOnlyList<Dictionary<string, JsonElement>> rows = await observe.SqlAsync(
            "SELECT toString(Attributes.load.request.:Int64) AS request, toString(count()) AS rows, "
            + "toString(uniqExact(Attributes.load.record.:Int64)) AS records "
            + $"FROM logs WHERE Attributes.load.run.:String = '{run}' GROUP BY request");
        return rows.ToDictionary(row => Number(row["request"]), row => (Number(row["rows"]), Number(row["records"])));
    }

    private static long Number(JsonElement text) => long.Parse(text.GetString()!, CultureInfo.InvariantCulture);
}
