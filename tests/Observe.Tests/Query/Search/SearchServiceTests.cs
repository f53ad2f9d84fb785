using System.Globalization;
using Observe.Query.Language;
using Observe.Query.Search;
using Observe.Query.Time;
using Observe.Tests.Query.Cases;
using Observe.Tests.Query.Seeds;

namespace Observe.Tests.Query.Search;

/// <summary>Queries against the real engine: text ⇒ rows.</summary>
public sealed class SearchServiceTests(QueryFixture fixture) : IClassFixture<QueryFixture>
{
    public static TheoryData<string, string> Rows => CaseFile.Read("rows.txt");

    public static TheoryData<string, string> ValueErrors => CaseFile.Read("value-errors.txt");

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Search_Query_FindsItsRecords(string query, string expected)
    {
        SearchResult result = await fixture.SearchAsync(query);
        Assert.Equal(expected, string.Join(' ', result.Records.Cast<TimedRecord>().Select(r => (r.Timestamp - Seed.Base) / Seed.Second).Order()));
    }

    [Theory]
    [MemberData(nameof(ValueErrors))]
    public async Task Search_ValueThatDoesNotFit_SaysWhatAndWhere(string query, string expected)
    {
        var error = await Assert.ThrowsAsync<QuerySyntaxException>(() => fixture.SearchAsync(query));
        Assert.Equal(expected, string.Create(CultureInfo.InvariantCulture, $"{error.Position.Start} {error.Position.Length} {error.Message}"));
    }

    [Fact]
    public async Task Search_MoreThanTheLimit_GivesTheLatestAndSaysSo()
    {
        SearchResult result = await fixture.SearchAsync("", limit: 2);
        Assert.Equal([5L, 4L], result.Records.Cast<TimedRecord>().Select(r => (r.Timestamp - Seed.Base) / Seed.Second));
        Assert.Equal(["These are the latest 2 matching records; there are more in this time range."], result.Notices);
        Assert.Empty((await fixture.SearchAsync("", limit: 5)).Notices);
    }

    [Theory]
    [InlineData(2, "5 4")]
    [InlineData(3, "5 4 3")]
    [InlineData(4, "5 4 3 2")]
    [InlineData(100, "5 4 3 2 1")]
    public async Task Search_RecordsInSeveralStretches_ComeLatestFirst(int limit, string expected)
    {
        // The first stretch is the last 10 s of 5,120, and begins between the second and the third record.
        long end = Seed.Base + (12 * Seed.Second) + (Seed.Second / 2);
        var request = new SearchRequest("", new TimeRange(end - (5_120 * Seed.Second), end), limit);
        SearchResult result = await fixture.Get<ISearchService>().SearchAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(expected, string.Join(' ', result.Records.Cast<TimedRecord>().Select(r => (r.Timestamp - Seed.Base) / Seed.Second)));
        Assert.Equal(limit < 5, result.Notices.Count == 1);
    }

    [Theory]
    [InlineData(640, false, 4)]
    [InlineData(600, false, 4)]
    [InlineData(600, true, 3)]
    [InlineData(599, false, 1)]
    [InlineData(599, true, 1)]
    [InlineData(1, false, 1)]
    public void Stretches_Range_CoverItOnceFromItsEnd(long seconds, bool isFiltered, int expected)
    {
        var range = new TimeRange(Seed.Base, Seed.Base + (seconds * Seed.Second));
        List<TimeRange> stretches = [.. LatestFirst.Stretches(range, isFiltered)];
        Assert.Equal(expected, stretches.Count);
        Assert.Equal(range.To, stretches[0].To);
        Assert.Equal(range.From, stretches[^1].From);
        Assert.All(stretches.Zip(stretches.Skip(1)), pair => Assert.Equal(pair.First.From, pair.Second.To));
    }

    [Fact]
    public async Task Search_Range_IsHalfOpen()
    {
        var request = new SearchRequest("", new TimeRange(Seed.Base + (2 * Seed.Second), Seed.Base + (4 * Seed.Second)), 100);
        SearchResult result = await fixture.Get<ISearchService>().SearchAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal([3L, 2L], result.Records.Cast<TimedRecord>().Select(r => (r.Timestamp - Seed.Base) / Seed.Second));
    }

    [Theory]
    [InlineData("usr.id=5", "The field \"usr.id\" is unknown in logs of this time range. Nearest known: user.id.")]
    [InlineData("resource.usr.id=5", "The field \"usr.id\" is unknown as a field of the resource in logs of this time range. Nearest known: user.id.")]
    [InlineData("zzzzzz:*", "The field \"zzzzzz\" is unknown in logs of this time range.")]
    [InlineData("seveirty=5", "The field \"seveirty\" is unknown in logs of this time range. Nearest known: severity.")]
    [InlineData("spans http.status=5", "The field \"http.status\" is unknown in spans of this time range.")]
    public async Task Search_UnknownField_IsSaidWithTheNearest(string query, string notice) =>
        Assert.Equal([notice], (await fixture.SearchAsync(query)).Notices);

    [Theory]
    [InlineData("user.id=5 host.name:* msg:x severity>=error attr.tags=a resource.host.name=b")]
    [InlineData("spans db.rows=5 duration>1s")]
    public async Task Search_KnownFields_NoNotice(string query) => Assert.Empty((await fixture.SearchAsync(query)).Notices);

    [Fact]
    public async Task Search_Log_HasEveryFieldThatWasSent()
    {
        var log = Assert.IsType<LogRecord>(Assert.Single((await fixture.SearchAsync("timed")).Records));
        Assert.Equal(Seed.Base + Seed.Second, log.Timestamp);
        Assert.Equal(Seed.Base + 123, log.ObservedTimestamp);
        Assert.Equal(("checkout", Seed.TraceId, Seed.SpanId, 1u), (log.ServiceName, log.TraceId, log.SpanId, log.Flags));
        Assert.Equal((17, "ERROR", "Payment timed out for user"), ((int)log.SeverityNumber, log.SeverityText, log.Body as string));
        Assert.Equal(("lib", "1.0", "https://schema.example/s", 8u), (log.ScopeName, log.ScopeVersion, log.ScopeSchemaUrl, log.ScopeDroppedAttributesCount));
        Assert.Equal(("https://schema.example/r", 7u, 3u), (log.ResourceSchemaUrl, log.ResourceDroppedAttributesCount, log.DroppedAttributesCount));
        Assert.Equal(500L, log.Attributes["http.status"]);
        Assert.Equal(1200.5, log.Attributes["duration_ms"]);
        Assert.Equal(true, log.Attributes["flag"]);
        Assert.Equal(["red", "dark blue"], Assert.IsType<object?[]>(log.Attributes["tags"]));
        Assert.Equal(3L, log.ResourceAttributes["replicas"]);
        Assert.Equal("core", log.ScopeAttributes["team"]);
    }

    [Fact]
    public async Task Search_LogWithMapBody_HasItsMembers()
    {
        var log = Assert.IsType<LogRecord>(Assert.Single((await fixture.SearchAsync("strasse")).Records));
        var body = Assert.IsAssignableFrom<IReadOnlyDictionary<string, object?>>(log.Body);
        Assert.Equal(7L, body["code"]);
        Assert.Equal("map", log.BodyType);
        Assert.Equal("", log.SpanId);
    }

    [Fact]
    public async Task Search_Span_HasEveryFieldThatWasSent()
    {
        var span = Assert.IsType<SpanRecord>(Assert.Single((await fixture.SearchAsync("spans status=error")).Records));
        Assert.Equal(("GET /orders", 250_000_000L, "", "vendor=1"), (span.Name, span.DurationNs, span.ParentSpanId, span.TraceState));
        Assert.Equal((SpanKind.Server, SpanStatus.Error, "card declined"), (span.Kind, span.Status, span.StatusMessage));
        Assert.Equal((257u, 4u, 6u), (span.Flags, span.DroppedEventsCount, span.DroppedLinksCount));
        SpanEvent e = Assert.Single(span.Events);
        Assert.Equal((Seed.Base + Seed.Second + 5, "exception", 1u), (e.Timestamp, e.Name, e.DroppedAttributesCount));
        Assert.Equal(5L, e.Attributes["n"]);
        Assert.Equal(5.0, Assert.IsType<double>(e.Attributes["d"]));
        SpanLink link = Assert.Single(span.Links);
        Assert.Equal((Seed.LogOnlyTraceId, Seed.SpanId, "s=1", 1u, 2u), (link.TraceId, link.SpanId, link.TraceState, link.Flags, link.DroppedAttributesCount));
        Assert.Equal("retry", link.Attributes["why"]);
    }

    [Fact]
    public async Task Histogram_Logs_CountsEachClassInEachBin()
    {
        var request = new SearchRequest("", new TimeRange(Seed.Base, Seed.Base + (6 * Seed.Second)), 1);
        Histogram histogram = await fixture.Get<ISearchService>().HistogramAsync(request, 3, TestContext.Current.CancellationToken);
        Assert.Equal(2 * Seed.Second, histogram.BinNs);
        Assert.Equal([Seed.Base, Seed.Base + (2 * Seed.Second), Seed.Base + (4 * Seed.Second)], histogram.Starts);
        Assert.Equal(
            ["unset 0,0,1", "info 0,1,0", "warn 0,1,0", "error 1,0,0", "fatal 0,0,1"],
            histogram.Series.Select(s => $"{s.Name} {string.Join(',', s.Counts)}"));
        Assert.Equal(5, histogram.Total);
    }

    [Theory]
    [InlineData("| where duration_ms>100 | stats count() by service.name", 2)]
    [InlineData("| let x = duration_ms * 2 | where x<100", 1)]
    [InlineData("| limit 3 | top 1 by service.name", 3)]
    [InlineData("| stats count() | where `count()`>100", 5)]
    public async Task Histogram_WithStages_CountsTheRecordsThatTheLastOfThemTakes(string query, long expected)
    {
        Histogram histogram = await fixture.Get<ISearchService>().HistogramAsync(new SearchRequest(query, Seed.Range, 1), 10, TestContext.Current.CancellationToken);
        Assert.Equal(expected, histogram.Total);
        Assert.Equal(expected, histogram.Series.Sum(series => series.Counts.Sum()));
    }

    [Fact]
    public async Task Histogram_Spans_CountsStatus()
    {
        var request = new SearchRequest("spans", new TimeRange(Seed.Base, Seed.Base + (60 * Seed.Second)), 1);
        Histogram histogram = await fixture.Get<ISearchService>().HistogramAsync(request, 1, TestContext.Current.CancellationToken);
        Assert.Equal(["unset 1", "ok 1", "error 1"], histogram.Series.Select(s => $"{s.Name} {string.Join(',', s.Counts)}"));
    }
}
