using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Observe.Tests.Storage;

namespace Observe.Tests.Query.Execution;

/// <summary>An answer that ends after its first bytes: the client sees the end of the connection, whoever runs the program sees why.</summary>
public sealed class BrokenAnswerTests(EngineFixture engines)
{
    private const int BrokenEvent = 3202;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("ndjson", true, "SELECT number")]
    [InlineData("csv", true, "SELECT number")]
    [InlineData("arrow", true, "SELECT number")]
    [InlineData("csv", false, "\\(not logged")]
    public async Task Answer_FailingHalfWay_BreaksOffAndIsExplained(string format, bool logsText, string query)
    {
        await using QueryHost host = await QueryHost.StartAsync(
            await engines.DatabaseAsync("broken"), ("Observe:Query:SlowQueries:LogText", logsText ? "true" : "false"));

        // More than the sockets between hold, so it waits for its reader until it is ended.
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/sql")
        {
            Content = new FormUrlEncodedContent([new("sql", "SELECT number, randomPrintableASCII(1000) AS x FROM numbers(90000)"), new("format", format)]),
        };
        using HttpResponseMessage response = await host.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        JsonElement running = (await host.QueriesAsync()).Single(query => query.GetProperty("kind").GetString() == "sql");
        Assert.Contains("numbers(90000)", running.GetProperty("query").GetString(), StringComparison.Ordinal);

        using HttpResponseMessage ended = await host.Client.DeleteAsync($"/api/v1/queries/{running.GetProperty("id").GetInt64()}", Token);

        Assert.Equal(HttpStatusCode.NoContent, ended.StatusCode);
        await Assert.ThrowsAnyAsync<Exception>(() => response.Content.CopyToAsync(Stream.Null, Token));
        await Wait.UntilAsync(() => host.Log.Of(BrokenEvent).Count > 0);
        (LogLevel level, _, string text) = host.Log.Of(BrokenEvent).Single();
        Assert.Equal(LogLevel.Warning, level);
        Assert.Matches($@"\(sql\) broke off after \d+ bytes, and so did the connection: The query was ended on request .* Query: {query}", text);
        Assert.Equal(logsText, text.Contains("numbers(90000)", StringComparison.Ordinal));

        // Kestrel's, of an exception that nobody has caught.
        Assert.Empty(host.Log.Of(13));
    }
}
