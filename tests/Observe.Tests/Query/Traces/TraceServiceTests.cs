using Observe.Query.Traces;
using Observe.Tests.Query.Seeds;

namespace Observe.Tests.Query.Traces;

public sealed class TraceServiceTests(QueryFixture fixture) : IClassFixture<QueryFixture>
{
    [Theory]
    [InlineData("4bf92f3577b34da6a3ce929d0e0e4736")]
    [InlineData("4BF92F35-77B3-4DA6-A3CE-929D0E0E4736")]
    public async Task GetTrace_Spans_ComeInOrderWithTheirLogs(string id)
    {
        Trace trace = Assert.IsType<Trace>(await GetAsync(id));
        Assert.Equal(Seed.TraceId, trace.TraceId);
        Assert.Equal(["GET /orders", "SELECT orders"], trace.Spans.Select(span => span.Name));
        Assert.Equal(["Payment timed out for user"], trace.Logs.Select(log => log.BodyText));
        Assert.Empty(trace.Notices);
    }

    [Fact]
    public async Task GetTrace_LogsAlone_IsFound()
    {
        Trace trace = Assert.IsType<Trace>(await GetAsync(Seed.LogOnlyTraceId));
        Assert.Empty(trace.Spans);
        Assert.Equal(4u, Assert.Single(trace.Logs).Flags);
    }

    [Fact]
    public async Task GetTrace_Unknown_IsNull() => Assert.Null(await GetAsync("ffffffffffffffffffffffffffffffff"));

    [Theory]
    [InlineData("")]
    [InlineData("abc")]
    [InlineData("zbf92f3577b34da6a3ce929d0e0e4736")]
    public async Task GetTrace_NoTraceId_SaysWhatOneIs(string id)
    {
        var error = await Assert.ThrowsAsync<FormatException>(() => GetAsync(id));
        Assert.Equal($"\"{id}\" is not a trace id: it has 32 hexadecimal digits, such as 4bf92f3577b34da6a3ce929d0e0e4736. Other ids, and traceparents, are looked for with /api/v1/correlate.", error.Message);
    }

    private Task<Trace?> GetAsync(string id) => fixture.Get<ITraceService>().GetTraceAsync(id, TestContext.Current.CancellationToken);
}
