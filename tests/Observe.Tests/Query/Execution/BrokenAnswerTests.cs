using System.Net;
using Microsoft.Extensions.Logging;
using Observe.Tests.Storage;

namespace Observe.Tests.Query.Execution;

/// <summary>An answer that meets a limit after its first bytes: the client sees the end of the connection, whoever runs the program sees why.</summary>
public sealed class BrokenAnswerTests(EngineFixture engines)
{
    private const int BrokenEvent = 3202;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("ndjson")]
    [InlineData("csv")]
    [InlineData("arrow")]
    public async Task Answer_FailingHalfWay_BreaksOffAndIsExplained(string format)
    {
        await using QueryHost host = await QueryHost.StartAsync(await engines.DatabaseAsync("broken"));

        // The engine meets the limit on the rows of users' SQL while it sends the first of them; mostly after, sometimes before it has.
        for (int attempt = 0; host.Log.Of(BrokenEvent).Count == 0; attempt++)
        {
            Assert.True(attempt < 50, "No answer began.");
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/sql")
            {
                Content = new FormUrlEncodedContent([new("sql", "SELECT number, repeat('x', 100) AS x FROM numbers(30000000)"), new("format", format)]),
            };
            using HttpResponseMessage response = await host.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);
            if (response.StatusCode == HttpStatusCode.UnprocessableEntity)
            {
                continue;
            }

            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            await Assert.ThrowsAnyAsync<Exception>(() => response.Content.CopyToAsync(Stream.Null, Token));
            break;
        }

        await Wait.UntilAsync(() => host.Log.Of(BrokenEvent).Count > 0);
        (LogLevel level, _, string text) = host.Log.Of(BrokenEvent).Single();
        Assert.Equal(LogLevel.Warning, level);
        Assert.Matches(@"\(sql\) broke off after \d+ bytes, and so did the connection: .*[Ll]imit for result exceeded", text);

        // Kestrel's, of an exception that nobody has caught.
        Assert.Empty(host.Log.Of(13));
    }
}
