using Observe.Query.Search;
using Observe.Query.Services;
using Observe.Query.Time;
using Observe.Tests.Query.Seeds;
using Observe.Tests.Query.Traces;

namespace Observe.Tests.Query.Services;

/// <summary>The service map of spans that were sent, each trace in an hour of its own.</summary>
public sealed class ServiceMapTests(QueryFixture fixture) : IClassFixture<QueryFixture>
{
    private const double Hour = 3_600_000;

    [Fact]
    public async Task Get_CallsBetweenServices_HaveTheCalleesFigures()
    {
        for (int i = 1; i <= 4; i++)
        {
            string id = $"0000000000000000000000000001000{i}";
            await fixture.Engine.AddSpansAsync(OtlpStore.Request(
                ("web", SpanText.Of(id, 1, 0, Hour, 500, SpanKind.Server)),
                ("web", SpanText.Of(id, 2, 1, Hour + 1, 400, SpanKind.Client, attributes: SpanText.Attribute("server.address", "pay:80"))),
                ("pay", SpanText.Of(id, 3, 2, Hour + 2, 100 * i, SpanKind.Server, error: i == 4)),
                // Not through a client's span, and into the same service: no edge of its own.
                ("pay", SpanText.Of(id, 4, 3, Hour + 3, 10)),
                ("pay", SpanText.Of(id, 5, 4, Hour + 3, 10, SpanKind.Server)),
                ("bank", SpanText.Of(id, 6, 5, Hour + 4, 5, SpanKind.Server))));
        }

        ServiceMap map = await GetAsync(Hour, 2 * Hour);
        Assert.Equal([Service("bank"), Service("pay"), Service("web")], map.Nodes);
        Assert.Equal(
            [(Service("pay"), Service("bank"), 4L, 0L, 0L), (Service("web"), Service("pay"), 4, 1, 0)],
            map.Edges.Select(edge => (edge.Caller, edge.Callee, edge.Requests, edge.Errors, edge.WithoutSpan)));
        Assert.Equal((5e6, 5e6, 5e6), (map.Edges[0].P50Ns, map.Edges[0].P95Ns, map.Edges[0].P99Ns));
        Assert.InRange(map.Edges[1].P50Ns, 200e6, 300e6);
        Assert.InRange(map.Edges[1].P99Ns, 350e6, 400e6);
        Assert.Null(map.Sample);
        Assert.Empty(map.Notices);
    }

    [Fact]
    public async Task Get_CallsThatNoSpanAnswers_LeadToWhatTheyName()
    {
        const string Id = "00000000000000000000000000010010";
        const double At = 3 * Hour;
        await fixture.Engine.AddSpansAsync(OtlpStore.Request(
            ("web", SpanText.Of(Id, 1, 0, At, 500, SpanKind.Server)),
            ("web", SpanText.Of(Id, 2, 1, At, 7, SpanKind.Client, attributes: Attributes(("db.system.name", "postgresql"), ("server.address", "db1")), error: true)),
            ("web", SpanText.Of(Id, 3, 1, At, 7, SpanKind.Client, attributes: Attributes(("db.system", "redis"), ("net.peer.name", "cache1")))),
            ("web", SpanText.Of(Id, 4, 1, At, 7, SpanKind.Client, attributes: Attributes(("db.system", "sqlite")))),
            ("web", SpanText.Of(Id, 5, 1, At, 7, SpanKind.Producer, attributes: Attributes(("messaging.system", "kafka"), ("server.address", "queue")))),
            ("web", SpanText.Of(Id, 6, 1, At, 7, SpanKind.Client, attributes: Attributes(("server.address", "10.1.1.1"), ("peer.service", "maps")))),
            // Nothing says what is called; and what is no call leads nowhere.
            ("web", SpanText.Of(Id, 7, 1, At, 7, SpanKind.Client)),
            ("web", SpanText.Of(Id, 8, 1, At, 7, attributes: Attributes(("server.address", "inside"))))));

        ServiceMap map = await GetAsync(At, At + Hour);
        Assert.Equal(
            [
                new ServiceMapNode("cache1", ServiceNodeType.Database, "redis"), new ServiceMapNode("db1", ServiceNodeType.Database, "postgresql"),
                new ServiceMapNode("sqlite", ServiceNodeType.Database, "sqlite"), new ServiceMapNode("queue", ServiceNodeType.Messaging, "kafka"),
                new ServiceMapNode("maps", ServiceNodeType.External, ""),
            ],
            map.Edges.Select(edge => edge.Callee));
        Assert.All(map.Edges, edge => Assert.Equal((Service("web"), 1, 0, 7e6), (edge.Caller, edge.Requests, edge.WithoutSpan, edge.P99Ns)));
        Assert.Equal([0L, 1, 0, 0, 0], map.Edges.Select(edge => edge.Errors));
    }

    [Fact]
    public async Task Get_LostSpanOfAService_CountsToTheServiceItsAddressLeadsTo()
    {
        const double At = 5 * Hour;
        await fixture.Engine.AddSpansAsync(OtlpStore.Request(
            ("web", SpanText.Of("00000000000000000000000000010020", 1, 0, At, 50, SpanKind.Client, attributes: Attributes(("server.address", "pay:80")))),
            ("pay", SpanText.Of("00000000000000000000000000010020", 2, 1, At, 40, SpanKind.Server)),
            ("web", SpanText.Of("00000000000000000000000000010021", 1, 0, At, 900, SpanKind.Client, attributes: Attributes(("server.address", "pay:80")), error: true)),
            // A gateway leads to two services: who was meant by a call that nobody answers is not known.
            ("web", SpanText.Of("00000000000000000000000000010022", 1, 0, At, 50, SpanKind.Client, attributes: Attributes(("server.address", "gate")))),
            ("a", SpanText.Of("00000000000000000000000000010022", 2, 1, At, 40, SpanKind.Server)),
            ("b", SpanText.Of("00000000000000000000000000010022", 3, 1, At, 40, SpanKind.Server)),
            ("web", SpanText.Of("00000000000000000000000000010023", 1, 0, At, 50, SpanKind.Client, attributes: Attributes(("server.address", "gate"))))));

        ServiceMap map = await GetAsync(At, At + Hour);
        Assert.Equal(
            [("a", 1L, 0L, 0L), ("b", 1, 0, 0), ("pay", 2, 1, 1), ("gate", 1, 0, 0)],
            map.Edges.Select(edge => (edge.Callee.Name, edge.Requests, edge.Errors, edge.WithoutSpan)));
        Assert.Equal(40e6, map.Edges[2].P99Ns);
    }

    [Fact]
    public async Task Get_CallOverTheEdgeOfTheRange_BelongsToTheTimeItIsServed()
    {
        const string Id = "00000000000000000000000000010030";
        const double At = 7 * Hour;
        await fixture.Engine.AddSpansAsync(OtlpStore.Request(
            ("web", SpanText.Of(Id, 1, 0, At - 1, 50, SpanKind.Client, attributes: Attributes(("server.address", "pay:80")))),
            ("pay", SpanText.Of(Id, 2, 1, At, 40, SpanKind.Server))));
        Assert.Empty((await GetAsync(At - 1000, At)).Edges);
        Assert.Equal("pay", Assert.Single((await GetAsync(At, At + 1000)).Edges).Callee.Name);
    }

    private static string Attributes(params (string Key, string Value)[] attributes) =>
        string.Join(',', attributes.Select(attribute => SpanText.Attribute(attribute.Key, attribute.Value)));

    private static ServiceMapNode Service(string name) => new(name, ServiceNodeType.Service, "");

    private Task<ServiceMap> GetAsync(double fromMs, double toMs) => fixture.Get<IServiceMapReader>().GetAsync(
        new TimeRange(Seed.Base + (long)(fromMs * 1e6), Seed.Base + (long)(toMs * 1e6)), TestContext.Current.CancellationToken);
}
