using System.Net;
using System.Text.Json;
using Observe.Storage.Engine;
using Observe.Tests.Query.Seeds;
using Observe.Tests.Storage;

namespace Observe.Tests.Query.Execution;

public sealed class ExplainTests(EngineFixture engines)
{
    private const string Range = "from=2026-01-02T03:04:00Z&to=2026-01-02T03:08:00Z";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Query_Explained_TellsSqlParametersAndWhatIndexesSkip()
    {
        await using QueryHost host = await StartAsync();

        JsonElement statement = (await host.JsonAsync($"/api/v1/query?q=body:unheardof&{Range}&explain=true")).GetProperty("statements").EnumerateArray().Single();

        Assert.Contains("hasToken(lower(Body), {p", statement.GetProperty("sql").GetString(), StringComparison.Ordinal);
        Assert.Contains(statement.GetProperty("parameters").EnumerateObject(), parameter => parameter.Value.GetString() == "unheardof");
        Assert.Equal(0, statement.GetProperty("estimatedRows").GetInt32());
        JsonElement read = statement.GetProperty("reads").EnumerateArray().Single();
        Assert.EndsWith(".logs", read.GetProperty("table").GetString(), StringComparison.Ordinal);
        AssertLeft(0, 1, read.GetProperty("parts"));
        JsonElement words = read.GetProperty("indexes").EnumerateArray().Single(index => index.TryGetProperty("name", out JsonElement name) && name.GetString() == "body_words");
        Assert.Equal("Skip", words.GetProperty("type").GetString());
        AssertLeft(0, 1, words.GetProperty("granules"));
    }

    [Theory]
    [InlineData("logs", 4)]
    [InlineData("payment", 3)]
    public async Task Query_LongRange_IsExplainedInItsStretches(string query, int stretches)
    {
        await using QueryHost host = await StartAsync();

        JsonElement answer = await host.JsonAsync($"/api/v1/query?q={query}&from=2026-01-01T00:00:00Z&to=2026-01-03T00:00:00Z&explain=true");

        Assert.Equal(stretches, answer.GetProperty("statements").GetArrayLength());
    }

    [Theory]
    [InlineData("logs | stats count() by service.name", ".logs")]
    [InlineData("spans status=error | stats p99(duration) by name", ".spans")]
    [InlineData("spans kind=server >> status=error | traces", ".spans")]
    public async Task Query_WithStages_IsExplained(string query, string table)
    {
        await using QueryHost host = await StartAsync();

        JsonElement statement = (await host.JsonAsync($"/api/v1/query?q={Uri.EscapeDataString(query)}&{Range}&explain=true")).GetProperty("statements").EnumerateArray().First();

        Assert.EndsWith(table, statement.GetProperty("reads").EnumerateArray().First().GetProperty("table").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Histogram_Explained_ReadsEverythingOfItsRange()
    {
        await using QueryHost host = await StartAsync();

        JsonElement statement = (await host.JsonAsync($"/api/v1/histogram?q=&{Range}&explain=true")).GetProperty("statements").EnumerateArray().Single();

        Assert.Contains("GROUP BY Bin, Class", statement.GetProperty("sql").GetString(), StringComparison.Ordinal);
        Assert.Equal(5, statement.GetProperty("estimatedRows").GetInt32());
        AssertLeft(1, 1, statement.GetProperty("reads").EnumerateArray().Single().GetProperty("parts"));
    }

    [Fact]
    public async Task Query_WrongQuery_IsStillAnError()
    {
        await using QueryHost host = await StartAsync();

        using HttpResponseMessage answer = await host.Client.GetAsync($"/api/v1/query?q=severity>&{Range}&explain=true", Token);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    private static void AssertLeft(int selected, int of, JsonElement left)
    {
        Assert.Equal(selected, left.GetProperty("selected").GetInt32());
        Assert.Equal(of, left.GetProperty("of").GetInt32());
    }

    private async Task<QueryHost> StartAsync()
    {
        IStorageEngine engine = await engines.DatabaseAsync($"explain_{Guid.NewGuid():N}");
        await Seed.InsertAsync(engine, Token);
        return await QueryHost.StartAsync(engine);
    }
}
