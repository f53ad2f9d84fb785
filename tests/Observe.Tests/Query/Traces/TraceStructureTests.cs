using Observe.Query.Search;
using Observe.Query.Traces;
using Observe.Tests.Ui;

namespace Observe.Tests.Query.Traces;

public sealed class TraceStructureTests
{
    [Fact]
    public void Of_WholeTrace_HasNoIssues()
    {
        TraceStructure structure = Of(Span("1", "", 0, 100), Span("2", "1", 10, 50), Span("3", "2", 20, 300));
        Assert.Equal([SpanIssues.None, SpanIssues.None, SpanIssues.None], structure.Issues);
        Assert.Equal(("1", 1), (structure.Root?.SpanId, structure.RootCount));
    }

    [Fact]
    public void Of_OrphansOfOneParent_CountItOnce()
    {
        TraceStructure structure = Of(Span("1", "", 0, 100), Span("2", "9", 10, 5), Span("3", "9", 20, 5), Span("4", "3", 21, 1));
        Assert.Equal([SpanIssues.None, SpanIssues.MissingParent, SpanIssues.MissingParent, SpanIssues.None], structure.Issues);
        Assert.Equal(["9"], structure.MissingParents);
    }

    [Fact]
    public void Of_SeveralRoots_TheFirstIsTheRoot()
    {
        TraceStructure structure = Of(Span("2", "", 0, 10), Span("1", "", 1, 100));
        Assert.Equal(("2", 2), (structure.Root?.SpanId, structure.RootCount));
    }

    [Fact]
    public void Of_SameId_MarksEachAndCountsTheId()
    {
        TraceStructure structure = Of(Span("1", "", 0, 10), Span("2", "1", 1, 2), Span("2", "1", 3, 2), Span("2", "1", 4, 2));
        Assert.Equal([SpanIssues.None, SpanIssues.DuplicateId, SpanIssues.DuplicateId, SpanIssues.DuplicateId], structure.Issues);
        Assert.Equal(1, structure.DuplicateSpanIds);
    }

    [Fact]
    public void Of_Cycle_MarksItsMembersNotWhatHangsFromThem()
    {
        TraceStructure structure = Of(Span("5", "1", 0, 9), Span("1", "3", 1, 10), Span("2", "1", 2, 2), Span("3", "2", 3, 2), Span("4", "4", 4, 1));
        Assert.Equal([SpanIssues.None, SpanIssues.Cycle, SpanIssues.Cycle, SpanIssues.Cycle, SpanIssues.Cycle], structure.Issues.Select(i => i & SpanIssues.Cycle));
        Assert.Equal(0, structure.RootCount);
    }

    [Fact]
    public void Of_BeginBeforeParent_TellsTheWorst()
    {
        TraceStructure structure = Of(Span("2", "1", 90, 5), Span("3", "1", 95, 5), Span("1", "", 100, 50));
        Assert.Equal([SpanIssues.BeginsBeforeParent, SpanIssues.BeginsBeforeParent, SpanIssues.None], structure.Issues);
        Assert.Equal((10, "2"), (structure.WorstSkew!.Value.Ns, structure.WorstSkew.Value.Span.SpanId));
    }

    [Fact]
    public void Of_EndAfterParent_CountsOnlyWhoeverTheParentWaitsFor()
    {
        TraceStructure structure = Of(
            Span("1", "", 0, 100) with { Kind = SpanKind.Client },
            Span("2", "1", 10, 500) with { Kind = SpanKind.Server },
            Span("3", "2", 20, 900) with { Kind = SpanKind.Consumer });
        Assert.Equal([SpanIssues.None, SpanIssues.EndsAfterParent, SpanIssues.None], structure.Issues);
    }

    [Fact]
    public void Of_NegativeDuration_IsMarked() =>
        Assert.Equal([SpanIssues.NegativeDuration], Of(Span("1", "", 5, -2)).Issues);

    [Fact]
    public void Of_TenThousandDeep_Ends()
    {
        SpanRecord[] chain = [.. Enumerable.Range(0, 10_000).Select(i => Span($"s{i}", i == 0 ? "" : $"s{i - 1}", i, 1))];
        Assert.All(TraceStructure.Of(chain).Issues, issues => Assert.Equal(SpanIssues.None, issues));
    }

    private static SpanRecord Span(string id, string parent, long start, long duration) => SpanSamples.Span(id, parent, start, duration);

    private static TraceStructure Of(params SpanRecord[] spans) => TraceStructure.Of(spans);
}
