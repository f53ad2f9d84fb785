using Observe.Query.Compilation;
using Observe.Query.Ledger;
using Observe.Query.Time;
using Observe.Storage.Batches;
using Observe.Storage.Engine;
using Observe.Storage.Ingest;
using Observe.Tests.Query.Seeds;
using Observe.Tests.Storage;

namespace Observe.Tests.Query.Ledger;

public sealed class LedgerServiceTests(EngineFixture engines)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static DateTimeOffset Start => DateTimeOffset.UnixEpoch.AddTicks(Seed.Base / TimeSpan.NanosecondsPerTick);

    [Fact]
    public async Task Signals_OutcomesOfAll_AddUpOrSayByHowMuchNot()
    {
        LedgerAnswer answer = await AskAsync(new LedgerRequest(Seed.Range, [LedgerKey.Signal]));

        Assert.Equal(
            [
                "logs: received 120 stored 115 rejected 0 quarantined 5 waiting 0 truncated 3 resent 20 refused 4 difference 0",
                "metrics: received 50 stored 45 rejected 0 quarantined 0 waiting 0 truncated 0 resent 0 refused 0 difference 5",
                "spans: received 10 stored 7 rejected 3 quarantined 0 waiting 0 truncated 0 resent 0 refused 0 difference 0",
            ],
            answer.Rows.Select(Text));
        Assert.Equal(5, answer.Total.Difference);
        Assert.False(answer.Total.AddsUp);
        Assert.Equal((180L, 5L, 8600L), (answer.Total.Received, answer.Total.Requests, answer.Total.Bytes));
        Assert.False(answer.KnowsWaiting);
    }

    [Fact]
    public async Task Reasons_OfRejectedAndRefused_StandWithTheirCounts()
    {
        LedgerAnswer answer = await AskAsync(new LedgerRequest(Seed.Range, [LedgerKey.Signal]));

        Assert.Equivalent(
            new LedgerReason[] { new(LedgerOutcome.Rejected, "span_trace_id", 2, 0), new(LedgerOutcome.Rejected, "span_span_id", 1, 0) },
            answer.Rows[2].Counts.Reasons, strict: true);
        Assert.Contains(new LedgerReason(LedgerOutcome.Refused, "journal_full", 0, 4), answer.Total.Reasons);
    }

    [Theory]
    [InlineData(0, 60, "2026-01-02T03:04:00Z/a 110")]
    [InlineData(59, 60, "2026-01-02T03:04:00Z/a 110")]
    [InlineData(60, 120, "2026-01-02T03:05:00Z/b 20")]
    public async Task Minutes_ThatOverlapTheRange_AreWhole(int from, int to, string expected)
    {
        var range = new TimeRange(Seed.Base + (from * Seed.Second), Seed.Base + (to * Seed.Second));
        LedgerAnswer answer = await AskAsync(new LedgerRequest(range, [LedgerKey.Minute, LedgerKey.Sender]));

        LedgerRow row = Assert.Single(answer.Rows);
        Assert.Equal(expected, $"{string.Join('/', row.Keys)} {row.Counts.Received}");
    }

    [Fact]
    public async Task Filters_SignalSenderService_Narrow()
    {
        Assert.Equal(120, (await AskAsync(new LedgerRequest(Seed.Range, [], Signal: FieldSignal.Logs))).Total.Received);
        Assert.Equal(110, (await AskAsync(new LedgerRequest(Seed.Range, [], Sender: "a"))).Total.Received);
        Assert.Equal(70, (await AskAsync(new LedgerRequest(Seed.Range, [], Service: "cart"))).Total.Received);
        Assert.Equal(0, (await AskAsync(new LedgerRequest(Seed.Range, [], Sender: "' OR 1=1 --"))).Total.Received);
    }

    [Fact]
    public async Task Waiting_OfTheProcess_CountsAsReceivedAndStillAddsUp()
    {
        var status = new FakeIngestStatus
        {
            Records =
            [
                new(FieldSignal.Logs, "a", 30, 2, 600, Start),
                new(FieldSignal.Logs, null, 4, 1, 80, Start),
            ],
        };

        LedgerAnswer answer = await AskAsync(new LedgerRequest(Seed.Range, [LedgerKey.Sender], Signal: FieldSignal.Logs), status);

        Assert.Equal(
            [
                "a: received 130 stored 100 rejected 0 quarantined 0 waiting 30 truncated 3 resent 0 refused 0 difference 0",
                "b: received 20 stored 15 rejected 0 quarantined 5 waiting 0 truncated 0 resent 20 refused 4 difference 0",
                "(unknown): received 4 stored 0 rejected 0 quarantined 0 waiting 4 truncated 0 resent 0 refused 0 difference 0",
            ],
            answer.Rows.Select(Text));
        Assert.True(answer.Total.AddsUp);
        Assert.True(answer.KnowsWaiting);
    }

    [Fact]
    public async Task Waiting_OutsideTheQuestion_IsLeftOut()
    {
        var status = new FakeIngestStatus { Records = [new(FieldSignal.Logs, "a", 30, 2, 600, Start.AddHours(2))] };

        Assert.Equal(0, (await AskAsync(new LedgerRequest(Seed.Range, []), status)).Total.Waiting);

        status.Records = [new(FieldSignal.Logs, "a", 30, 2, 600, Start)];
        Assert.Equal(0, (await AskAsync(new LedgerRequest(Seed.Range, [], Signal: FieldSignal.Spans), status)).Total.Waiting);
        Assert.Equal(0, (await AskAsync(new LedgerRequest(Seed.Range, [], Sender: "b"), status)).Total.Waiting);
        Assert.False((await AskAsync(new LedgerRequest(Seed.Range, [], Service: "cart"), status)).KnowsWaiting);
    }

    [Fact]
    public async Task Rows_MoreThanALimit_AreAnErrorAndNotAShortAnswer()
    {
        IStorageEngine engine = await engines.DatabaseAsync("ledger_many");
        var batch = new IngestLedgerBatch();
        for (int i = 0; i <= QueryLimits.MaxRecords; i++)
        {
            LedgerSeed.Add(batch, 0, FieldSignal.Logs, $"sender-{i}", "", LedgerOutcome.Received, "", 1, 1, 1);
        }

        await engine.InsertAsync(batch, "many", Token);

        var error = await Assert.ThrowsAsync<ResultLimitException>(
            () => new LedgerService(TestQueryEngine.Over(engine), TimeProvider.System).GetAsync(new LedgerRequest(Seed.Range, [LedgerKey.Sender]), Token));
        Assert.Contains("group by less", error.Message, StringComparison.Ordinal);
        Assert.Equal(QueryLimits.MaxRecords + 1, (await new LedgerService(TestQueryEngine.Over(engine), TimeProvider.System).GetAsync(new LedgerRequest(Seed.Range, []), Token)).Total.Received);
    }

    private static string Text(LedgerRow row) =>
        $"{row.Keys[0] ?? "(unknown)"}: received {row.Counts.Received} stored {row.Counts.Stored} rejected {row.Counts.Rejected} " +
        $"quarantined {row.Counts.Quarantined} waiting {row.Counts.Waiting} truncated {row.Counts.Truncated} resent {row.Counts.Resent} " +
        $"refused {row.Counts.RefusedRequests} difference {row.Counts.Difference}";

    private async Task<LedgerAnswer> AskAsync(LedgerRequest request, IIngestStatus? status = null)
    {
        IStorageEngine engine = await engines.DatabaseAsync("ledger");
        await engine.InsertAsync(LedgerSeed.Batch(), "seed", Token); // once, whichever test comes first
        return await new LedgerService(TestQueryEngine.Over(engine), TimeProvider.System, status).GetAsync(request, Token);
    }
}
