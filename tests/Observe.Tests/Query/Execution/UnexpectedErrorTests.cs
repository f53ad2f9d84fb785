using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Observe.Tests.Storage;

namespace Observe.Tests.Query.Execution;

/// <summary>A defect in a route is a problem document for whoever asked, and an entry of the log for whoever mends it.</summary>
public sealed class UnexpectedErrorTests(EngineFixture engines)
{
    private const int UnexpectedEvent = 3501;

    [Fact]
    public async Task Route_Fails_IsLoggedAndAProblem()
    {
        string log = await FailAsync();
        Assert.StartsWith("A question at /api/v1/fail met an error that is a defect of this program. Query: secretword. ", log, StringComparison.Ordinal);
        Assert.Contains("InvalidOperationException: It fails at secretword.", log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Route_FailsAndTextIsNotToBeLogged_IsLoggedWithoutAnythingThatWasAsked()
    {
        string log = await FailAsync(("Observe:Query:SlowQueries:LogText", "false"));
        Assert.DoesNotContain("secretword", log, StringComparison.Ordinal);
        Assert.Contains("System.InvalidOperationException", log, StringComparison.Ordinal);
        Assert.Contains("at Observe.Query.Api.QueryRequestHandler", log, StringComparison.Ordinal);
    }

    private async Task<string> FailAsync(params (string Key, string Value)[] settings)
    {
        await using QueryHost host = await QueryHost.StartAsync(await engines.DatabaseAsync("protect"), settings);
        using HttpResponseMessage answer = await host.RunAsync("secretword", TestContext.Current.CancellationToken, "fail");
        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        JsonElement problem = await QueryHost.ReadJsonAsync(answer);
        Assert.Equal("urn:observe:problem:unexpected", problem.GetProperty("type").GetString());
        Assert.DoesNotContain("secretword", problem.GetRawText(), StringComparison.Ordinal);
        (LogLevel level, _, string text) = Assert.Single(host.Log.Of(UnexpectedEvent));
        Assert.Equal(LogLevel.Error, level);
        return text;
    }
}
