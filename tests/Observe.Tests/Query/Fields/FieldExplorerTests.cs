using Observe.Query.Fields;
using Observe.Query.Language;
using Observe.Query.Search;
using Observe.Query.Time;
using Observe.Tests.Query.Seeds;

namespace Observe.Tests.Query.Fields;

public sealed class FieldExplorerTests(QueryFixture fixture) : IClassFixture<QueryFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("", "http.status attribute double,int,string records=4 distinct=4 at 5")] // 500 and "500" and 200.0 and 0
    [InlineData("", "tags attribute array records=1 distinct=2 at 1")]
    [InlineData("", "nothing attribute null records=1 distinct=1 at 5")]
    [InlineData("", "code body int records=1 distinct=1 at 4")]
    [InlineData("", "host.name resource string records=4 distinct=2 at 4")]
    [InlineData("", "team scope string records=5 distinct=2 at 5")]
    [InlineData("", "scope.version column string records=5 distinct=2 at 5")]
    [InlineData("", "severity column string records=4 distinct=4 at 4")]
    [InlineData("", "event.name column string records=1 distinct=1 at 5")]
    [InlineData("", "trace_id column string records=2 distinct=2 at 4")]
    [InlineData("", "odd `key` \\ 'x' attribute string records=1 distinct=1 at 5")]
    [InlineData("service.name=checkout", "http.status attribute int,string records=2 distinct=2 at 2")]
    [InlineData("service.name=checkout", "host.name resource string records=2 distinct=1 at 2")]
    [InlineData("http.status=500 | stats count()", "flag attribute bool,string records=2 distinct=2 at 2")]
    [InlineData("spans", "db.rows attribute int records=1 distinct=1 at 1")]
    [InlineData("spans", "kind column string records=3 distinct=3 at 3")]
    [InlineData("spans", "duration column duration records=3 distinct=3 at 3")]
    public async Task GetFields_OfMatchingRecords_AreCounted(string query, string expected)
    {
        FieldUsages found = await GetAsync(query);
        Assert.Contains(expected, found.Fields.Select(field =>
            $"{field.Name} {field.Source} {string.Join(',', field.Types)} records={field.Records} distinct={field.Distinct} at {(field.LastSeen - Seed.Base) / Seed.Second}"));
        Assert.True(found.Sample.IsComplete);
    }

    [Theory]
    [InlineData("service.name=checkout", "code")]
    [InlineData("service.name=checkout", "event.name")]
    [InlineData("spans", "http.status")]
    [InlineData("nosuchword", "severity")]
    public async Task GetFields_OfRecordsThatLackIt_AreLeftOut(string query, string name) =>
        Assert.DoesNotContain((await GetAsync(query)).Fields, field => field.Name == name);

    [Fact]
    public async Task GetFields_Seen_SayTheirDays()
    {
        FieldUsages found = await GetAsync("");
        FieldUsage field = Assert.Single(found.Fields, field => field.Name == "tags");
        Assert.Equal((new DateOnly(2026, 1, 2), new DateOnly(2026, 1, 2)), (field.FirstDay, field.LastDay));
        Assert.Equal("timestamp", found.Fields[0].Name);
    }

    [Fact]
    public async Task GetFields_OtherTime_AreNone()
    {
        FieldUsages found = await Explorer.GetFieldsAsync(new FieldsRequest("", null, new TimeRange(0, Seed.Second)), Token);
        Assert.Empty(found.Fields);
        Assert.Equal(0, found.Sample.Records);
    }

    [Fact]
    public async Task GetFields_WithStages_SaysThatTheyAreLeftOut() =>
        Assert.Contains((await GetAsync("| stats count()")).Notices, notice => notice.Contains("stages", StringComparison.Ordinal));

    [Fact]
    public async Task GetFields_UnknownFieldInTheFilter_IsSaid() =>
        Assert.Contains((await GetAsync("usr.id:*")).Notices, notice => notice.Contains("Nearest known: user.id.", StringComparison.Ordinal));

    [Theory]
    [InlineData("http.status", "", "0 int 1, 200 double 1, 500 int 1, 500 string 1")]
    [InlineData("http.status", "service.name=checkout", "500 int 1, 500 string 1")]
    [InlineData("tags", "", "dark blue string 1, red string 1")]
    [InlineData("codes", "", "4 int 1, 5 int 1")]
    [InlineData("flag", "", "False bool 1, True bool 1, true string 1")]
    [InlineData("nothing", "", " null 1")]
    [InlineData("user.id", "", "owner string 2, 7 int 1, u1 string 1, u2 string 1")]
    [InlineData("attr.user.id", "", "7 int 1, u1 string 1, u2 string 1")]
    [InlineData("resource.user.id", "", "owner string 2")]
    [InlineData("replicas", "", "3 int 2")]
    [InlineData("code", "", "7 int 1")]
    [InlineData("scope.team", "", "core string 4, login string 1")]
    [InlineData("scope.version", "", "1.0 string 4, 2.0 string 1")]
    [InlineData("severity", "", "error string 1, fatal string 1, info string 1, warn string 1")]
    [InlineData("service.name", "", "cart string 2, checkout string 2, other string 1")]
    [InlineData("severity_number", "severity>=error", "0 int 1, 17 int 1")]
    [InlineData("trace_id", "payment", "4bf92f3577b34da6a3ce929d0e0e4736 string 1")]
    [InlineData("timestamp", "timed", "2026-01-02T03:04:01.000000000Z time 1")]
    [InlineData("odd `key` \\ 'x'", "", "v string 1")]
    [InlineData("nosuchfield", "", "")]
    [InlineData("name", "spans", "GET /orders string 1, SELECT orders string 1, poll queue string 1")]
    [InlineData("duration", "spans user.id=u1", "250000000 duration 1")]
    [InlineData("event.name", "spans", "exception string 1")]
    [InlineData("status", "spans", "error string 1, ok string 1, unset string 1")]
    public async Task GetValues_AnyKindOfField_AreTypedAndCounted(string name, string query, string expected) =>
        Assert.Equal(expected, Text(await ValuesAsync(name, query)));

    [Fact]
    public async Task GetValues_FieldOfSomeRecords_SaysHowManyHaveIt()
    {
        FieldValues values = await ValuesAsync("http.status", "");
        Assert.Equal((5, 4, 4), (values.Sample.Records, values.Records, values.Distinct));
        Assert.True(values.Sample.IsComplete);
    }

    [Fact]
    public async Task GetValues_Limit_KeepsTheMostFrequent()
    {
        FieldValues values = await Explorer.GetValuesAsync(new FieldValuesRequest(new FieldsRequest("", null, Seed.Range), "user.id", null, 1), Token);
        Assert.Equal("owner string 2", Text(values));
        Assert.Equal(4, values.Distinct);
    }

    [Theory]
    [InlineData("user.id", "U", "u1 string 1, u2 string 1")]
    [InlineData("user.id", "7", "7 int 1")]
    [InlineData("host.name", "h2", "h2 string 2")]
    [InlineData("path", "/api/u", "/api/users string 1")]
    [InlineData("path", "%", "")]
    [InlineData("tags", "DARK", "dark blue string 1")]
    public async Task GetValues_Prefix_TakesAnyCase(string name, string prefix, string expected)
    {
        var request = new FieldValuesRequest(new FieldsRequest("", null, Seed.Range), name, null, 10, prefix);
        Assert.Equal(expected, Text(await Explorer.GetValuesAsync(request, Token)));
    }

    [Theory]
    [InlineData("user.id", "resource", "owner string 2")]
    [InlineData("user.id", "attribute", "7 int 1, u1 string 1, u2 string 1")]
    [InlineData("msg", "body", "STRASSE Öffnet string 1")]
    [InlineData("team", "scope", "core string 4, login string 1")]
    [InlineData("severity", "column", "error string 1, fatal string 1, info string 1, warn string 1")]
    [InlineData("severity", "attribute", "")]
    public async Task GetValues_Source_SaysWhere(string name, string source, string expected)
    {
        var request = new FieldValuesRequest(new FieldsRequest("", null, Seed.Range), name, source, 10);
        Assert.Equal(expected, Text(await Explorer.GetValuesAsync(request, Token)));
    }

    [Theory]
    [InlineData("user.id", "cellar", "source is column, attribute, resource, scope or body; not \"cellar\".")]
    [InlineData("user.id", "column", "user.id is no column of logs")]
    public async Task GetValues_WrongSource_IsRefused(string name, string source, string message)
    {
        var request = new FieldValuesRequest(new FieldsRequest("", null, Seed.Range), name, source, 10);
        FormatException e = await Assert.ThrowsAsync<FormatException>(() => Explorer.GetValuesAsync(request, Token));
        Assert.StartsWith(message, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetFields_SignalOtherThanTheQuerys_IsRefused()
    {
        FormatException e = await Assert.ThrowsAsync<FormatException>(
            () => Explorer.GetFieldsAsync(new FieldsRequest("logs timeout", SearchSignal.Spans, Seed.Range), Token));
        Assert.Equal("signal says spans, the query logs: leave one of them out.", e.Message);
    }

    [Fact]
    public async Task GetFields_SignalAndAFilterWithout_IsAboutThatSignal()
    {
        FieldUsages found = await Explorer.GetFieldsAsync(new FieldsRequest("status=error", SearchSignal.Spans, Seed.Range), Token);
        Assert.Equal((SearchSignal.Spans, 1), (found.Signal, found.Sample.Records));
    }

    [Fact]
    public async Task GetValues_BodyOfSpans_IsRefused() =>
        await Assert.ThrowsAsync<QuerySyntaxException>(() => ValuesAsync("body.x", "spans"));

    private IFieldExplorer Explorer => fixture.Get<IFieldExplorer>();

    private static string Text(FieldValues values) => string.Join(", ", values.Values.Select(value => $"{value.Value} {value.Type} {value.Records}"));

    private Task<FieldUsages> GetAsync(string query) => Explorer.GetFieldsAsync(new FieldsRequest(query, null, Seed.Range), Token);

    private Task<FieldValues> ValuesAsync(string name, string query) =>
        Explorer.GetValuesAsync(new FieldValuesRequest(new FieldsRequest(query, null, Seed.Range), name, null, 10), Token);
}
