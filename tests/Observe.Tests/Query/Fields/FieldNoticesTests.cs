using Observe.Query.Compilation;
using Observe.Query.Fields;
using Observe.Query.Language;
using Observe.Query.Search;
using Observe.Query.Time;
using Observe.Storage.Batches;
using Observe.Tests.Query.Seeds;

namespace Observe.Tests.Query.Fields;

/// <summary>What searches say of fields that cannot answer them; none of it is an error.</summary>
public sealed class FieldNoticesTests(QueryFixture fixture) : IClassFixture<QueryFixture>
{
    [Theory]
    [InlineData("path>5", "path")]
    [InlineData("| stats sum(path)", "path")]
    [InlineData("| stats p99(tags)", "tags")]
    [InlineData("| stats avg(flag)", "flag")]
    [InlineData("| let x = path + 1 | fields x", "path")]
    [InlineData("| stats max(host.name)", "host.name")]
    public async Task Search_NumbersOfAFieldOfText_AreANotice(string query, string field) => Assert.Equal(
        [$"The field \"{field}\" has no values that were sent as numbers: only texts that can be read as one are taken as numbers."],
        (await fixture.SearchAsync(query)).Notices);

    [Theory]
    [InlineData("duration_ms>5")]
    [InlineData("http.status>=500 | stats avg(duration_ms), p99(http.status) by user.id")]
    [InlineData("path=5 path:x path~x path>\"a\"")]
    [InlineData("| stats count() by path")]
    [InlineData("spans duration>5ms | stats p99(duration)")]
    public async Task Search_NumbersOfAFieldThatHasSome_AreNone(string query) => Assert.Empty((await fixture.SearchAsync(query)).Notices);

    [Theory]
    [InlineData("| stats count() by usr.id", "user.id")]
    [InlineData("| sort usr.id", "user.id")]
    [InlineData("| where usr.id=5 | stats count()", "user.id")]
    [InlineData("| let a = concat(usr.id, \"x\") | fields a", "user.id")]
    [InlineData("| top 3 by seveirty", "severity")]
    public async Task Search_UnknownFieldInAStage_IsSaidWithTheNearest(string query, string nearest)
    {
        string notice = Assert.Single((await fixture.SearchAsync(query)).Notices);
        Assert.EndsWith($"is unknown in logs of this time range. Nearest known: {nearest}.", notice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Search_ColumnThatAStageMade_IsKnown() =>
        Assert.Empty((await fixture.SearchAsync("| let slow = duration_ms > 100 | stats count() as n by slow | where n > 0 | sort n")).Notices);

    [Theory]
    [InlineData("duration=5", "The field \"duration\" is unknown in logs of this time range. duration is a field of spans: begin the query with spans.")]
    [InlineData("spans severity=error", "The field \"severity\" is unknown in spans of this time range. severity is a field of logs: begin the query with logs.")]
    [InlineData("level=error", "The field \"level\" is unknown in logs of this time range. Nearest known: severity.")]
    [InlineData("message:x", "The field \"message\" is unknown in logs of this time range. Nearest known: body.")]
    [InlineData("servce=checkout", "The field \"servce\" is unknown in logs of this time range. Nearest known: service.")]
    [InlineData("rows:*", "The field \"rows\" is unknown in logs of this time range.")]
    [InlineData("spans rows:*", "The field \"rows\" is unknown in spans of this time range. Nearest known: db.rows.")]
    [InlineData("attributes.user.id=5", "The field \"attributes.user.id\" is unknown in logs of this time range. Write attr.user.id, or user.id alone.")]
    [InlineData("resource.attributes.host.name=5", "The field \"attributes.host.name\" is unknown as a field of the resource in logs of this time range. Write resource.host.name, or host.name alone.")]
    [InlineData("attr.severity=error", "The field \"severity\" is unknown as an attribute in logs of this time range. severity is a built-in field: write it without a prefix.")]
    public async Task Search_NameOfAnotherProgramOrSignal_IsSaidWithTheOneHere(string query, string notice) =>
        Assert.Equal([notice], (await fixture.SearchAsync(query)).Notices);

    [Theory]
    [InlineData("log severity=error", "\"log\" is searched for as a word: write logs to begin a query about logs.")]
    [InlineData("span service=checkout | stats count()", "\"span\" is searched for as a word: write spans to begin a query about spans.")]
    [InlineData("Trace service in (checkout)", "\"Trace\" is searched for as a word: write spans to begin a query about spans.")]
    public async Task Search_BeginningWithAWordForASignal_IsSaid(string query, string notice) =>
        Assert.Equal([notice], (await fixture.SearchAsync(query)).Notices);

    [Theory]
    [InlineData("log timeout")]
    [InlineData("\"log\" severity=error")]
    [InlineData("severity=error log")]
    [InlineData("spans trace service=checkout")]
    public async Task Search_SuchAWordAsText_IsNone(string query) => Assert.Empty((await fixture.SearchAsync(query)).Notices);

    [Theory]
    [InlineData(SearchSignal.Logs)]
    [InlineData(SearchSignal.Spans)]
    [InlineData(SearchSignal.Metrics)]
    public void ColumnNames_OfASignal_AreThoseThatResolve(SearchSignal signal)
    {
        var resolver = new FieldResolver(signal, TimeProvider.System);
        Assert.Equal(resolver.BuiltIn.Select(field => field.Name).Append("service").Order(StringComparer.Ordinal), ColumnNames.Of(signal).Order(StringComparer.Ordinal));
        Assert.All(ColumnNames.Of(signal), name => Assert.True(resolver.IsColumn(name)));
    }

    [Theory]
    [InlineData("status_code", " Nearest known: http.response.status_code, rpc.grpc.status_code.")]
    [InlineData("http.status_code", " Nearest known: http.response.status_code.")]
    [InlineData("statuscode", " Nearest known: http.response.status_code.")]
    [InlineData("level", " Nearest known: log.level.")]
    [InlineData("attributes.rpc.grpc.status_code", " Write attr.rpc.grpc.status_code, or rpc.grpc.status_code alone.")]
    public async Task Notices_NameThatOthersUse_NamesWhatTheCatalogueHas(string name, string advice)
    {
        var notices = new FieldNotices(new Catalog("http.response.status_code", "rpc.grpc.status_code", "log.level"), TimeProvider.System);
        var range = new TimeRange(Seed.Base, Seed.Base + Seed.Second);
        var types = new FieldTypes([name], new Dictionary<(FieldSource, string), AttributeTypes>(), new HashSet<(FieldSource, string)>());
        IReadOnlyList<string> said = await notices.NoticesAsync(
            new ParsedQuery(SearchSignal.Spans, null), [new FieldName(FieldPlace.Any, name, default)], types, range, TestContext.Current.CancellationToken);
        Assert.Equal([$"The field \"{name}\" is unknown in spans of this time range.{advice}"], said);
    }

    private sealed class Catalog(params string[] attributes) : IFieldCatalog
    {
        public Task<IReadOnlyList<FieldInfo>> GetFieldsAsync(SearchSignal signal, TimeRange range, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<FieldInfo>>([.. attributes.Select(name => new FieldInfo(signal, name, "attribute", ["string"]))]);
    }
}
