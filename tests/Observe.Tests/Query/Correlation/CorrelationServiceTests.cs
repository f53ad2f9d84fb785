using Observe.Query.Correlation;
using Observe.Query.Language;
using Observe.Query.Search;
using Observe.Query.Time;
using static Observe.Tests.Query.Correlation.CorrelationFixture;

namespace Observe.Tests.Query.Correlation;

public sealed class CorrelationServiceTests(CorrelationFixture fixture) : IClassFixture<CorrelationFixture>
{
    [Theory]
    [InlineData("order-77")]
    [InlineData("Order-77")]
    [InlineData(" 'ORDER-77', ")]
    public async Task Get_Order_IsFollowedOverServicesDaysAndTraces(string id)
    {
        CorrelationTimeline timeline = await GetAsync(id);
        Assert.Equal(["span charge", "log POST /orders accepted", "log mail sent"], Names(timeline));
        Assert.Equal((2L, 1L, 1L), (timeline.Counts.Logs, timeline.Counts.Spans, timeline.Counts.Errors));
        Assert.True(timeline.Counts.IsComplete);
        Assert.Equal(["gateway 1+0 0", "payment 0+1 1", "mail 1+0 0"], timeline.Services.Select(s => $"{s.Name} {s.Logs}+{s.Spans} {s.Errors}"));
        Assert.Equal(timeline.Entries[0].Record.Timestamp, timeline.Counts.FirstNs);
        Assert.Equal(timeline.Entries[^1].Record.Timestamp, timeline.Counts.LastNs);
        Assert.Equal(["attr.order.id 2", "attr.order_id 1"], timeline.Fields.Select(f => $"{f.Name} {f.Records}"));
        Assert.Contains(new RelatedId(OrderTrace, "trace_id", 2), timeline.RelatedIds);
        Assert.Contains(new RelatedId(MailTrace, "trace_id", 1), timeline.RelatedIds);
        Assert.Contains(new RelatedId("1", "attr.user.id", 1), timeline.RelatedIds);
        Assert.Empty(timeline.Notices);
        Assert.True(timeline.Statistics.RowsRead > 0);
    }

    [Theory]
    [InlineData("123E4567-E89B-12D3-A456-426614174000")]
    [InlineData("123e4567e89b12d3a456426614174000")]
    [InlineData("{123e4567-e89b-12d3-a456-426614174000}")]
    [InlineData("urn:uuid:123e4567-e89b-12d3-a456-426614174000")]
    [InlineData("Ej5FZ+ibEtOkVkJmFBdAAA==")]
    [InlineData("Ej5FZ-ibEtOkVkJmFBdAAA")]
    [InlineData("Z0U+EpvoA0KkVkJmFBdAAA==", false)]
    public async Task Get_Request_IsFoundInAnySpelling(string id, bool found = true)
    {
        CorrelationTimeline timeline = await GetAsync(id);
        Assert.Equal(found ? ["span POST /orders", "log card declined", $"log retry of {Request} is over"] : [], Names(timeline));
        Assert.Equal(found ? ["attr.http.request.header.x-request-id 1", "attr.requestId 1", "body 1"] : [], timeline.Fields.Select(f => $"{f.Name} {f.Records}"));
    }

    [Fact]
    public async Task Get_GuidInTheByteOrderOfDotNet_IsFound()
    {
        CorrelationTimeline timeline = await GetAsync(Convert.ToBase64String(Guid.Parse(Request).ToByteArray()));
        Assert.Equal(3, timeline.Entries.Count);
    }

    [Fact]
    public async Task Get_Trace_BringsItsSpansTheirLogsAndWhatLinksToIt()
    {
        CorrelationTimeline timeline = await GetAsync(OrderTrace.ToUpperInvariant());
        Assert.Equal(["span POST /orders", "span charge", "log POST /orders accepted", "log card declined", "span order-mails process"], Names(timeline));
        Assert.Equal(["trace_id 4", "link.trace_id 1"], timeline.Fields.Select(f => $"{f.Name} {f.Records}"));
        Assert.Contains(timeline.RelatedIds, id => id is { Id: "order-77" or "Order-77", Records: 2 });
        Assert.DoesNotContain(timeline.RelatedIds, id => id.Id == OrderTrace);
    }

    [Theory]
    [InlineData(Gateway)]
    [InlineData("00F067AA0BA902B7")]
    [InlineData("APBnqgupArc=")]
    public async Task Get_Span_BringsItsChildrenAndLogs(string id)
    {
        CorrelationTimeline timeline = await GetAsync(id);
        Assert.Equal(["span POST /orders", "span charge", "log POST /orders accepted"], Names(timeline));
        Assert.Equal(["span_id 2", "parent_span_id 1"], timeline.Fields.Select(f => $"{f.Name} {f.Records}"));
    }

    [Fact]
    public async Task Get_SpanThatIsNotStored_BringsWhatRefersToIt() =>
        Assert.Equal(["span child of an orphan", "log orphaned"], Names(await GetAsync(Orphan)));

    [Fact]
    public async Task Get_ExpandTraces_BringsTheRestOfTheirTraces()
    {
        CorrelationTimeline timeline = await GetAsync("order-77", expand: true);
        Assert.Equal(
            ["span POST /orders +", "span charge", "log POST /orders accepted", "log card declined +", "span order-mails process +", "span send +", "log mail sent"],
            timeline.Entries.Select(entry => Name(entry) + (entry.IsExpanded ? " +" : "")));
        Assert.Equal((2L, 1L), (timeline.Counts.Logs, timeline.Counts.Spans));
        Assert.Equal(["gateway 1+1", "payment 1+1", "mail 1+2"], timeline.Services.Select(s => $"{s.Name} {s.Logs}+{s.Spans}"));
        Assert.Equal(3, timeline.Fields.Sum(field => field.Records));
    }

    [Fact]
    public async Task Get_ExpandTraces_WithoutRoom_SaysSo()
    {
        CorrelationTimeline timeline = await GetAsync("order-77", limit: 4, expand: true);
        Assert.Equal(4, timeline.Entries.Count);
        Assert.Equal(3, timeline.Entries.Count(entry => !entry.IsExpanded));
        Assert.Contains(timeline.Notices, notice => notice.StartsWith("The traces of these records have more", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Get_MoreThanTheLimit_AreTheLatestWithTheCountOfAll()
    {
        CorrelationTimeline timeline = await GetAsync("frequent", limit: 5);
        Assert.Equal(Enumerable.Range(Visits - 5, 5).Select(i => $"log visit {i}"), Names(timeline));
        Assert.Equal(Visits, timeline.Counts.Logs);
        Assert.Equal(["These are the latest 5 of 30 records that carry it. Raise limit, or narrow the time range."], timeline.Notices);
        Assert.Equal([("100", "attr.page_id", 10), ("101", "attr.page_id", 10), ("102", "attr.page_id", 10L)], timeline.RelatedIds.Select(id => (id.Id, id.Field, id.Records)));
    }

    [Fact]
    public async Task Get_Range_LimitsIt()
    {
        const long from = (long)(Arrivals.Base + (1005 * Arrivals.Second));
        CorrelationTimeline timeline = await GetAsync("frequent", range: new TimeRange(from, from + (2 * (long)Arrivals.Second)));
        Assert.Equal(["log visit 5", "log visit 6"], Names(timeline));
        Assert.Empty((await GetAsync(Gateway, range: new TimeRange(from, from + 1))).Entries);
    }

    [Fact]
    public async Task Get_OnlyInTheText_IsFoundThereAndSaid()
    {
        CorrelationTimeline timeline = await GetAsync("px-990001");
        Assert.Equal(["log parcel PX-990001 left the house"], Names(timeline));
        Assert.Equal(["body 1"], timeline.Fields.Select(f => $"{f.Name} {f.Records}"));
        Assert.Equal(["No record carries it as an id; these logs have it in their text."], timeline.Notices);
    }

    [Fact]
    public async Task Get_Text_BringsLogsThatHaveItInTheirTextBesideThoseThatCarryIt()
    {
        Assert.DoesNotContain("log unrelated", Names(await GetAsync("frequent")));
        CorrelationTimeline timeline = await fixture.Get<ICorrelationService>()
            .GetAsync(new CorrelationRequest(Request, null, 100, SearchText: true), TestContext.Current.CancellationToken);
        Assert.Equal(["span POST /orders", "log card declined", $"log retry of {Request} is over"], Names(timeline));
        Assert.Equal(3, timeline.Counts.Logs + timeline.Counts.Spans);
    }

    [Fact]
    public async Task Get_Unknown_SaysWhatWasLookedFor()
    {
        CorrelationTimeline timeline = await GetAsync("no-such-id");
        Assert.Empty(timeline.Entries);
        Assert.Equal(0, timeline.Counts.FirstNs);
        Assert.Equal("No record carries no-such-id. It was looked for as no-such-id. A value that is not kept as an id is found by its field, such as field=no-such-id.", Assert.Single(timeline.Notices));
    }

    [Fact]
    public async Task Get_UnknownWithQuotesAndSpaces_AdvisesAQueryThatIsRight()
    {
        string notice = Assert.Single((await GetAsync("no \"such\" id")).Notices);
        string advice = notice[(notice.IndexOf("such as ", StringComparison.Ordinal) + "such as ".Length)..^1];
        Assert.Equal("field=\"no \\\"such\\\" id\"", advice);
        Assert.Equal(advice, QueryPrinter.Print(QueryParser.Parse(advice)));
    }

    private static IEnumerable<string> Names(CorrelationTimeline timeline) => timeline.Entries.Select(Name);

    private static string Name(TimelineEntry entry) => entry.Record is SpanRecord span ? $"span {span.Name}" : $"log {((LogRecord)entry.Record).BodyText}";

    private Task<CorrelationTimeline> GetAsync(string id, int limit = 1000, bool expand = false, TimeRange? range = null) =>
        fixture.Get<ICorrelationService>().GetAsync(new CorrelationRequest(id, range, limit, expand), TestContext.Current.CancellationToken);
}
