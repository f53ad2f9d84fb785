using Observe.Query.Search;
using Observe.Query.Traces;
using Observe.Storage.Engine;
using Observe.Tests.Query.Seeds;

namespace Observe.Tests.Query.Traces;

/// <summary>Traces as they are when something went wrong, from what was sent to the answer.</summary>
public sealed class IncompleteTraceTests(QueryFixture fixture) : IClassFixture<QueryFixture>
{
    private IStorageEngine Engine => fixture.Engine;

    [Fact]
    public async Task GetTrace_Whole_IsSummedUp()
    {
        const string Id = "00000000000000000000000000000a01";
        await Engine.AddSpansAsync(OtlpStore.Request(
            ("shop", SpanText.Of(Id, 1, 0, 0, 100, SpanKind.Server, "GET /buy", error: true)),
            ("shop", SpanText.Of(Id, 2, 1, 10, 80, SpanKind.Client, "POST /pay")),
            ("pay", SpanText.Of(Id, 3, 2, 12, 70, SpanKind.Server, "POST /pay", error: true)),
            ("mail", SpanText.Of(Id, 4, 3, 50, 900, SpanKind.Consumer, "mails"))));
        Trace trace = await GetAsync(Id);
        Assert.Equal(
            ("shop", "GET /buy", Seed.Base, 950_000_000L, 4L, 2L, 1L, 0L),
            (trace.Summary.RootService, trace.Summary.RootName, trace.Summary.Start, trace.Summary.DurationNs, trace.Summary.SpanCount,
                trace.Summary.ErrorCount, trace.Summary.RootCount, trace.Summary.MissingParents));
        Assert.Equal([new("mail", 1, 0), new("pay", 1, 1), new("shop", 2, 1)], trace.Summary.Services);
        Assert.False(trace.Summary.Incomplete);
        Assert.Empty(trace.Notices);
    }

    [Fact]
    public async Task GetTrace_RootThatComesLater_IsMissingUntilThen()
    {
        const string Id = "00000000000000000000000000000a02";
        await Engine.AddSpansAsync(OtlpStore.Request(("pay", SpanText.Of(Id, 3, 2, 20, 10)), ("pay", SpanText.Of(Id, 4, 3, 22, 5))));
        Trace early = await GetAsync(Id);
        Assert.True(early.Summary.Incomplete);
        Assert.Equal((0L, 1L, null), (early.Summary.RootCount, early.Summary.MissingParents, early.Summary.RootName));
        Assert.Equal([SpanIssues.MissingParent, SpanIssues.None], early.Issues);
        Assert.Equal(
            [
                "The trace has no root: no span without a parent is stored. It may not have arrived yet, may have been lost, or belongs to a sender that sends its spans elsewhere.",
                "1 span names a parent that is not stored (1 missing in all): not arrived yet, lost, or not sampled.",
            ],
            early.Notices);

        // The late spans began two days before: the range of the trace has to widen for them.
        await Engine.AddSpansAsync(OtlpStore.Request(
            ("shop", SpanText.Of(Id, 1, 0, -2 * 86_400_000.0, 3 * 86_400_000.0, name: "import")), ("shop", SpanText.Of(Id, 2, 1, 10, 30))));
        Trace late = await GetAsync(Id);
        Assert.False(late.Summary.Incomplete);
        Assert.Equal(("import", 4L, 3 * 86_400_000_000_000L), (late.Summary.RootName, late.Summary.SpanCount, late.Summary.DurationNs));
        Assert.Empty(late.Notices);
    }

    [Fact]
    public async Task GetTrace_ContradictingSpans_AreSaidAndShown()
    {
        const string Id = "00000000000000000000000000000a03";
        await Engine.AddSpansAsync(OtlpStore.Request(
            ("shop", SpanText.Of(Id, 1, 0, 0, 100, SpanKind.Client)),
            ("pay", SpanText.Of(Id, 2, 1, -40, 200, SpanKind.Server)),
            ("pay", SpanText.Of(Id, 2, 1, 5, 6)),
            ("shop", SpanText.Of(Id, 7, 0, 50, 1)),
            ("loop", SpanText.Of(Id, 8, 9, 60, 1)),
            ("loop", SpanText.Of(Id, 9, 8, 61, 1)),
            ("back", SpanText.Of(Id, 10, 1, 70, -3))));
        Trace trace = await GetAsync(Id);
        Assert.Equal(
            [
                SpanIssues.DuplicateId | SpanIssues.BeginsBeforeParent | SpanIssues.EndsAfterParent, SpanIssues.None, SpanIssues.DuplicateId, SpanIssues.None,
                SpanIssues.Cycle, SpanIssues.Cycle, SpanIssues.NegativeDuration,
            ],
            trace.Issues);
        Assert.Equal((7L, 2L, 1, 2, 1), (trace.Summary.SpanCount, trace.Summary.RootCount, trace.Summary.DuplicateSpanIds, trace.Summary.Cyclic, trace.Summary.Skewed));
        Assert.Equal(
            [
                "The trace has 2 roots: spans without a parent. Some part of the system does not pass the context on, or uses the trace id again.",
                "1 span id occurs more than once: a sender made an id twice or sent a span again; all of them are shown.",
                "2 spans are their own ancestors: the parents that were sent go round in a circle.",
                "1 span begins before the parent does, by up to 40 ms (pay below shop): the clocks of their hosts differ. Times are shown as they were sent.",
                "1 span ends after the call that it serves: the caller did not wait for the answer, or the clocks of their hosts differ.",
                "1 span ends before its own start: a clock was set back meanwhile.",
            ],
            trace.Notices);
    }

    [Fact]
    public async Task GetTrace_MoreSpansThanAreReturned_IsSummedUpWhole()
    {
        const string Id = "00000000000000000000000000000a04";
        // Each span's parent begins after it, and those of the first spans are among those that are left out.
        await Engine.AddSpansAsync(OtlpStore.Request(
            [.. Enumerable.Range(1, 10_050).Select(i => (i % 2 == 0 ? "even" : "odd", SpanText.Of(Id, i, i == 10_050 ? 0 : i == 5 ? 99_999 : 10_050, i, 1, error: i % 10 == 0)))]));
        Trace trace = await GetAsync(Id);
        Assert.Equal(10_000, trace.Spans.Count);
        Assert.Equal((10_050L, 1_005L, 1L, 1L), (trace.Summary.SpanCount, trace.Summary.ErrorCount, trace.Summary.RootCount, trace.Summary.MissingParents));
        Assert.Equal([new("even", 5_025, 1_005), new("odd", 5_025, 0)], trace.Summary.Services);
        Assert.Equal(10_050_000_000, trace.Summary.DurationNs);
        Assert.Equal([4], Enumerable.Range(0, 10_000).Where(i => trace.Issues[i].HasFlag(SpanIssues.MissingParent)));
        Assert.Equal("The trace has more than 10000 spans; these are the first.", trace.Notices[0]);
    }

    [Fact]
    public async Task GetTrace_LogsAlone_SaysThatSpansAreMissing()
    {
        Trace trace = await GetAsync(Seed.LogOnlyTraceId);
        Assert.Equal((true, 0L, null), (trace.Summary.Incomplete, trace.Summary.SpanCount, trace.Summary.Start));
        Assert.Equal(
            ["No span of the trace is stored, only logs that name it. Its spans may not have arrived yet, or its sender does not sample it."], trace.Notices);
    }

    private async Task<Trace> GetAsync(string id) =>
        Assert.IsType<Trace>(await fixture.Get<ITraceService>().GetTraceAsync(id, TestContext.Current.CancellationToken));
}
