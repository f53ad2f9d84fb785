using Observe.Query.Search;
using Observe.Ui.Traces;

using static Observe.Tests.Ui.SpanSamples;

namespace Observe.Tests.Ui;

public sealed class TraceWaterfallTests
{
    private static readonly HashSet<int> NothingCollapsed = [];

    [Fact]
    public void Of_SpansInAnyOrder_ListsChildrenUnderTheirParentsByStart()
    {
        TraceWaterfall waterfall = TraceWaterfall.Of(TraceOf([
            Span("c", "a", 30, 10), Span("d", "b", 12, 2), Span("a", "", 0, 100), Span("b", "a", 10, 10),
        ]));

        Assert.Equal(["a", "b", "d", "c"], waterfall.Nodes.Select(n => n.SpanId));
        Assert.Equal([0, 1, 2, 1], waterfall.Nodes.Select(n => n.Depth));
        Assert.Equal([3, 1, 0, 0], waterfall.Nodes.Select(n => n.Descendants));
    }

    [Fact]
    public void Of_Spans_PlacesBarsAsSharesOfTheTrace()
    {
        TraceWaterfall waterfall = TraceWaterfall.Of(TraceOf([Span("a", "", 1_000, 400), Span("b", "a", 1_100, 200)]));

        Assert.Equal(1_000, waterfall.StartNs);
        Assert.Equal(400, waterfall.DurationNs);
        Assert.Equal((0.25, 0.5), (waterfall.Nodes[1].Start, waterfall.Nodes[1].Width));
    }

    [Fact]
    public void Of_AsynchronousChildThatOutlivesItsRoot_ExtendsTheTrace()
    {
        TraceWaterfall waterfall = TraceWaterfall.Of(TraceOf([Span("a", "", 0, 100), Span("b", "a", 90, 310)]));

        Assert.Equal(400, waterfall.DurationNs);
        Assert.Equal(0.25, waterfall.Nodes[0].Width);
    }

    [Fact]
    public void Of_ParentThatNeverArrived_GetsALineOfItsOwnAboveItsChildren()
    {
        TraceWaterfall waterfall = TraceWaterfall.Of(TraceOf([Span("b", "gone", 10, 5), Span("a", "", 0, 50), Span("c", "gone", 20, 5)]));

        Assert.Equal(["a", "gone", "b", "c"], waterfall.Nodes.Select(n => n.SpanId));
        Assert.True(waterfall.Nodes[1].IsMissing);
        Assert.Equal(2, waterfall.Nodes[1].Descendants);
        Assert.Equal(1, waterfall.Nodes[2].Depth);
        Assert.Equal("a", waterfall.Root!.SpanId);
    }

    [Fact]
    public void Root_OnlyChildrenOfAMissingParent_IsTheFirstSpan()
    {
        TraceWaterfall waterfall = TraceWaterfall.Of(TraceOf([Span("b", "gone", 20, 5), Span("a", "gone", 10, 5)]));

        Assert.Equal("a", waterfall.Root!.SpanId);
    }

    [Fact]
    public void Of_ParentsThatFormACycle_ShowsEverySpanOnce()
    {
        TraceWaterfall waterfall = TraceWaterfall.Of(TraceOf([
            Span("root", "", 0, 100), Span("x", "z", 10, 5), Span("y", "x", 20, 5), Span("z", "y", 30, 5), Span("self", "self", 40, 5),
        ]));

        Assert.Equal(["root", "x", "y", "z", "self"], waterfall.Nodes.Select(n => n.SpanId));
        Assert.Equal([false, true, false, false, true], waterfall.Nodes.Select(n => n.InCycle));
    }

    [Fact]
    public void Of_TwoSpansWithOneId_ShowsBothAndGivesTheChildToTheFirst()
    {
        TraceWaterfall waterfall = TraceWaterfall.Of(TraceOf([Span("a", "", 0, 100), Span("a", "", 10, 50), Span("b", "a", 20, 5)]));

        Assert.Equal(["a", "b", "a"], waterfall.Nodes.Select(n => n.SpanId));
    }

    [Fact]
    public void Of_ChildThatBeginsBeforeItsParent_IsMarkedAndNotMoved()
    {
        TraceWaterfall waterfall = TraceWaterfall.Of(TraceOf([Span("a", "", 100, 100), Span("b", "a", 60, 40, "db")]));

        WaterfallNode child = waterfall.Nodes.Single(n => n.SpanId == "b");
        Assert.Equal(40, child.EarlyNs);
        Assert.Equal(0, child.Start);
        Assert.Equal(60, waterfall.StartNs);
    }

    [Fact]
    public void Of_NegativeDuration_HasNoWidthAndDoesNotShortenTheTrace()
    {
        TraceWaterfall waterfall = TraceWaterfall.Of(TraceOf([Span("a", "", 0, 100), Span("b", "a", 50, -500)]));

        Assert.Equal(0, waterfall.Nodes[1].Width);
        Assert.Equal(100, waterfall.DurationNs);
    }

    [Fact]
    public void Of_OneSpanWithoutDuration_StaysInBounds()
    {
        TraceWaterfall waterfall = TraceWaterfall.Of(TraceOf([Span("a", "", 5, 0)]));

        Assert.Equal((0d, 0d), (waterfall.Nodes[0].Start, waterfall.Nodes[0].Width));
        Assert.Equal([0d], waterfall.Ticks(6));
    }

    [Fact]
    public void Of_OnlyLogs_HasNoLinesAndStartsAtTheFirstLog()
    {
        TraceWaterfall waterfall = TraceWaterfall.Of(TraceOf([], Log(42, "a")));

        Assert.Empty(waterfall.Nodes);
        Assert.Null(waterfall.Root);
        Assert.Equal(42, waterfall.StartNs);
    }

    [Fact]
    public void Of_Errors_AreCountedUpTheTree()
    {
        TraceWaterfall waterfall = TraceWaterfall.Of(TraceOf([
            Span("a", "", 0, 100), Span("b", "a", 10, 50), Span("c", "b", 20, 5, status: SpanStatus.Error), Span("d", "a", 70, 5, status: SpanStatus.Error),
        ]));

        Assert.Equal([2, 1, 0, 0], waterfall.Nodes.Select(n => n.ErrorsBelow));
        Assert.Equal(2, waterfall.Errors);
    }

    [Fact]
    public void Of_Logs_StandAtTheirSpanInOrderOfTime()
    {
        TraceWaterfall waterfall = TraceWaterfall.Of(TraceOf([Span("a", "", 0, 100), Span("b", "a", 10, 50)], Log(40, "b"), Log(20, "b"), Log(30)));

        Assert.Empty(waterfall.Nodes[0].Logs);
        Assert.Equal([20L, 40L], waterfall.Nodes[1].Logs.Select(log => log.Timestamp));
    }

    [Fact]
    public void Services_AreInOrderOfTheirFirstSpan()
    {
        TraceWaterfall waterfall = TraceWaterfall.Of(TraceOf([Span("b", "a", 10, 5, "api"), Span("a", "", 0, 50, "web"), Span("c", "b", 12, 1, "db")]));

        Assert.Equal(["web", "api", "db"], waterfall.Services);
        Assert.Equal([0, 1, 2], waterfall.Nodes.Select(n => n.ServiceIndex));
    }

    [Fact]
    public void Visible_CollapsedLine_HidesItsDescendantsOnly()
    {
        TraceWaterfall waterfall = TraceWaterfall.Of(TraceOf([
            Span("a", "", 0, 100), Span("b", "a", 10, 50), Span("c", "b", 20, 5), Span("d", "a", 70, 5),
        ]));

        Assert.Equal(["a", "b", "d"], waterfall.Visible(new HashSet<int> { 1 }).Select(n => n.SpanId));
        Assert.Equal(["a"], waterfall.Visible(new HashSet<int> { 0, 1 }).Select(n => n.SpanId));
        Assert.Same(waterfall.Nodes, waterfall.Visible(NothingCollapsed));
    }

    [Fact]
    public void Of_ChainOfTenThousandSpans_NeedsNoDeepStack()
    {
        const int Length = 10_000;
        SpanRecord[] chain = [.. Enumerable.Range(0, Length).Select(i => Span($"s{i}", i == 0 ? "" : $"s{i - 1}", i, Length - i))];

        TraceWaterfall waterfall = TraceWaterfall.Of(TraceOf(chain));

        Assert.Equal(Length, waterfall.Nodes.Count);
        Assert.Equal(Length - 1, waterfall.Nodes[^1].Depth);
        Assert.Equal(Length - 1, waterfall.Nodes[0].Descendants);
    }

    [Theory]
    [InlineData(1_400, new double[] { 0, 250, 500, 750, 1_000, 1_250 })]
    [InlineData(100, new double[] { 0, 20, 40, 60, 80 })]
    [InlineData(6_000_000_000, new double[] { 0, 1e9, 2e9, 3e9, 4e9, 5e9 })]
    public void Ticks_Duration_AreRoundAndInside(long duration, double[] expected)
    {
        TraceWaterfall waterfall = TraceWaterfall.Of(TraceOf([Span("a", "", 0, duration)]));

        Assert.Equal(expected, waterfall.Ticks(6));
    }
}
