using System.Text.Json;
using Observe.Query.Fields;
using Observe.Query.Ledger;
using Observe.Query.Search;
using Observe.Query.Services;
using Observe.Query.Time;
using Observe.Query.Traces;
using Observe.Tests.Query.Seeds;
using Observe.Tests.Storage;

namespace Observe.Tests.Query.Execution;

/// <summary>Pages ask the services without HTTP; what they ask is a question all the same.</summary>
public sealed class QuestionOfServicesTests(EngineFixture engines)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Service_AskedWithoutHttp_IsOneQuestionOfItsKind()
    {
        await using QueryHost host = await StartAsync("question_of_services", ("Observe:Query:SlowQueries:Threshold", "00:00:00.000001"));
        await host.Get<ITraceService>().GetTraceAsync(Seed.TraceId, Token);
        await host.Get<ILedgerService>().GetAsync(new LedgerRequest(Seed.Range, []), Token);
        await host.Get<IServiceMapReader>().GetAsync(Seed.Range, Token);
        await host.Get<IServiceCatalog>().GetServicesAsync(Seed.Range, Token);
        await host.Get<IFieldCatalog>().GetFieldsAsync(SearchSignal.Logs, Seed.Range, Token);

        string[] kinds = ["fields", "ingest/ledger", "service-map", "services", "trace"];
        IReadOnlyList<JsonElement> slow = [];
        await Wait.UntilAsync(async () => (slow = [.. await host.QueriesAsync("queries/slow")]).Count >= kinds.Length);
        Assert.Equal(kinds, slow.Select(question => question.GetProperty("kind").GetString()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Services_OfWholeBins_AreKept()
    {
        await using QueryHost host = await StartAsync("services_kept");
        var range = new TimeRange(Seed.Base, Seed.Base + (60 * Seed.Second));
        IReadOnlyList<ServiceSummary> first = await host.Get<IServiceCatalog>().GetServicesAsync(range, Token);
        Assert.Equal(3, first.Count);
        Assert.Equal(first, await host.Get<IServiceCatalog>().GetServicesAsync(range, Token));
        Assert.Equal(2, host.Measured("observe.query.cache.answers", "result=kept"));

        await host.Get<IServiceCatalog>().GetServicesAsync(range with { To = range.To + 1 }, Token);
        Assert.Equal(2, host.Measured("observe.query.cache.answers", "result=read"));
    }

    private async Task<QueryHost> StartAsync(string database, params (string Key, string Value)[] settings)
    {
        QueryHost host = await QueryHost.StartAsync(await engines.DatabaseAsync(database), settings);
        await Seed.InsertAsync(host.Engine, Token);
        return host;
    }
}
