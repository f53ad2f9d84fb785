using System.Net;
using System.Text.Json;
using Observe.Query.Language;
using Observe.Query.Search;
using Observe.Storage.Engine;
using Observe.Storage.Results;
using Observe.Tests.Query.Api;

namespace Observe.Tests.Query.Hostile;

/// <summary>Whatever stands in a query stays a value or a name: it is found or not found, and reaches no other table and no setting.</summary>
public sealed class InjectionTests(QueryApiFixture fixture) : IClassFixture<QueryApiFixture>, IAsyncLifetime
{
    private const int Logs = 5;

    private static TextSpan None => default;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Texts => [.. HostileTexts.All];

    public async ValueTask InitializeAsync()
    {
        await fixture.Engine.ExecuteAsync(new SqlStatement("CREATE TABLE IF NOT EXISTS canary (secret String) ENGINE = MergeTree ORDER BY ()"), Token);
        await fixture.Engine.ExecuteAsync(new SqlStatement("TRUNCATE TABLE canary"), Token);
        await fixture.Engine.ExecuteAsync(new SqlStatement($"INSERT INTO canary VALUES ('{HostileTexts.Secret}')"), Token);
    }

    public async ValueTask DisposeAsync()
    {
        IReadOnlyList<ResultBlock> blocks = await fixture.Engine.QueryAllAsync(new SqlStatement("SELECT secret FROM canary"), Token);
        Assert.Equal([HostileTexts.Secret], blocks.SelectMany(block => Enumerable.Range(0, block.RowCount).Select(row => block.Columns[0].GetString(row))));
        GC.SuppressFinalize(this);
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task Value_OfAnyText_EqualsNothingAndItsNegationHoldsForAll(string text)
    {
        var value = new QueryValue(text, true, None);
        FieldName[] fields = [.. new[] { "body", "service.name", "user.id", "attr.user.id", "resource.host.name", "scope.team", "event.name", "scope.version" }.Select(Field)];
        await AssertCountAsync(0, new OrNode([.. fields.Select(field => new ComparisonNode(field, ComparisonOperator.Equal, value, None))], None));
        await AssertCountAsync(Logs, new AndNode([.. fields.Select(field => new ComparisonNode(field, ComparisonOperator.NotEqual, value, None))], None));
        await AssertCountAsync(0, new OrNode([.. fields.Select(field => new InNode(field, [value, value], None))], None));
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task Text_OfAnyKind_IsSearchedForAsItIs(string text)
    {
        if (text.Any(char.IsLetterOrDigit))
        {
            FilterNode[] filters = [new TextNode(text + " zzz", false, None), new ContainsNode(Field("user.id"), text + " zzz", false, None), new IdNode(text, None)];
            await AssertCountAsync(0, new OrNode(filters, None));
            await AssertCountAsync(Logs, new AndNode([.. filters.Select(filter => new NotNode(filter, None))], None));
        }
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task Name_OfAnyText_IsAFieldThatNothingHas(string text)
    {
        FilterNode[] filters = [.. Enum.GetValues<FieldPlace>().SelectMany(place => Questions(new FieldName(place, place == FieldPlace.Any ? text + "?" : text, None)))];
        await AssertCountAsync(0, new OrNode(filters, None));
        await AssertCountAsync(Logs, new AndNode([.. filters.Select(filter => new NotNode(filter, None))], None));

        static IEnumerable<FilterNode> Questions(FieldName field) =>
        [
            new ExistsNode(field, None),
            new ComparisonNode(field, ComparisonOperator.Equal, new QueryValue("5", false, None), None),
            new ComparisonNode(field, ComparisonOperator.Greater, new QueryValue("5", false, None), None),
            new ComparisonNode(field, ComparisonOperator.Matches, new QueryValue("5", true, None), None),
        ];
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task Stages_WithAnyNamesAndTexts_AnswerRows(string text)
    {
        FieldName made = new(FieldPlace.Any, text + "!", None);
        FieldName sent = new(FieldPlace.Attribute, text, None);
        LiteralExpression literal = new(new QueryValue(text, true, None), None);
        StageNode let = new LetStage(made, literal, None);

        // A column keeps its name, and a text that was computed is the text.
        JsonElement rows = await AnswerAsync([let, new FieldsStage([made, sent], None)]);
        Assert.Equal(Logs, rows.GetArrayLength());
        Assert.All(rows.EnumerateArray(), row => Assert.Equal(Sent(text), row[0].GetString()));
        Assert.All(rows.EnumerateArray(), row => Assert.Equal(JsonValueKind.Null, row[1].ValueKind));

        Assert.Equal(Logs, (await AnswerAsync([let, new WhereStage(new ComparisonNode(made, ComparisonOperator.Equal, new QueryValue(text, true, None), None), None), new FieldsStage([made], None)])).GetArrayLength());
        Assert.Equal(1, (await AnswerAsync([let, new StatsStage([Count(made)], [new FieldKey(made, None), new FieldKey(sent, None)], None), new SortStage([new SortKey(made, true)], None)])).GetArrayLength());
        Assert.Equal(1, (await AnswerAsync([let, new DedupStage([made, sent], None), new FieldsStage([made], None)])).GetArrayLength());
        Assert.Equal(1, (await AnswerAsync([let, new TopStage(3, made, None)])).GetArrayLength());
        Assert.Equal(Logs, (await AnswerAsync([new ParseFormatStage(ParseFormat.Json, null, None), new FieldsStage([made], None)])).GetArrayLength());
        Assert.Equal(Logs, (await AnswerAsync([new ParseFormatStage(ParseFormat.Logfmt, sent, None), new FieldsStage([made], None)])).GetArrayLength());
        AggregateFunction[] functions = [.. Enum.GetValues<AggregateFunction>().Where(function => function is not (AggregateFunction.Count or AggregateFunction.Rate))];
        AggregateNode[] aggregates = [.. functions.Select(function => Aggregate(function, sent, made with { Name = $"{made.Name} {function}" }))];
        Assert.Equal(1, (await AnswerAsync([new StatsStage(aggregates, [new BinKey(sent, new QueryValue("10", false, None), None)], None)])).GetArrayLength());
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task Template_WithAnyLiteralsAndNames_TakesTextsApart(string text)
    {
        string name = "n" + string.Concat(text.Where(c => c is not ('<' or '>' or ':')));
        var template = new ParseTemplate([new LiteralPart(text), new CapturePart(name, CaptureType.Text), new LiteralPart("|" + text)]);
        FieldName captured = new(FieldPlace.Any, template.Captures.Single().Name!, None);
        FieldName made = new(FieldPlace.Any, "made", None);
        LiteralExpression value = new(new QueryValue($"{text}inner|{text}", true, None), None);
        JsonElement rows = await AnswerAsync([new LetStage(made, value, None), new ParseTemplateStage(template, made, None), new FieldsStage([captured], None)]);
        Assert.All(rows.EnumerateArray(), row => Assert.Equal("inner", row[0].GetString()));
    }

    /// <summary>Without quotes and backticks around it, a text is a query or none; it never fails otherwise.</summary>
    [Theory]
    [MemberData(nameof(Texts))]
    public async Task RawText_InAnyPlace_IsAnsweredOrRefusedWithAPosition(string text)
    {
        string[] places =
        [
            "{0}", "body={0}", "body~{0}", "body~\"{0}\"", "{0}=5", "`{0}`=5", "attr.{0}:*", "body in ({0})", "id:{0}", "body=*{0}*", "timestamp>{0}", "spans duration>{0}", "spans kind={0}",
            "spans a >> {0}", "severity={0}", "| {0}", "| stats {0}", "| stats count() as {0}", "| stats count() by {0}", "| stats count() by bin({0})", "| stats count() by bin(x, {0})",
            "| stats quantile({0}, x)", "| stats values(x, {0})", "| stats count({0})", "| sort {0}", "| limit {0}", "| top {0} by x", "| top 5 by {0}", "| dedup {0}", "| fields {0}",
            "| let {0} = 1", "| let x = {0}", "| let x = round(1.5, {0})", "| let x = \"{0}\"", "| parse {0}", "| parse \"<a> {0}\"", "| parse \"<{0}>\"", "| parse json from {0}", "| patterns {0}", "spans | traces {0}",
        ];
        foreach (string place in places)
        {
            await RawAsync(place.Replace("{0}", text, StringComparison.Ordinal));
        }
    }

    private async Task AssertCountAsync(int expected, FilterNode filter)
    {
        string query = QueryPrinter.Print(new ParsedQuery(SearchSignal.Logs, filter));
        JsonElement answer = await QueryAsync(query);
        Assert.Equal($"{expected}: {query}", $"{answer.GetProperty("rows").GetArrayLength()}: {query}");
    }

    private async Task<JsonElement> AnswerAsync(StageNode[] stages) =>
        (await QueryAsync(QueryPrinter.Print(new ParsedQuery(SearchSignal.Logs, null, stages)))).GetProperty("rows");

    private async Task<JsonElement> QueryAsync(string query)
    {
        (HttpStatusCode status, string body) = await HostileCalls.SendAsync(fixture.Client, query);
        Assert.True(status == HttpStatusCode.OK, $"{status} {query}\n{body}");
        Assert.DoesNotContain(HostileTexts.Secret, body, StringComparison.Ordinal);
        return JsonDocument.Parse(body).RootElement;
    }

    private async Task RawAsync(string query)
    {
        (HttpStatusCode status, string body) = await HostileCalls.SendAsync(fixture.Client, query);
        Assert.DoesNotContain(HostileTexts.Secret, body, StringComparison.Ordinal);
        HostileCalls.AssertAnsweredOrRefused(query, status, body);
    }

    private static AggregateNode Count(FieldName of) => new(AggregateFunction.Count, null, new ExistsNode(of, None), null, null, None);

    private static FieldName Field(string name) => FieldName.FromWord(name, None);

    private static AggregateNode Aggregate(AggregateFunction function, FieldName of, FieldName name)
    {
        double? parameter = function switch { AggregateFunction.Quantile => 0.5, AggregateFunction.Values => 10, _ => null };
        return new AggregateNode(function, of, null, parameter, name, None);
    }

    /// <summary>A text as a request carries it: half of a pair of surrogates has no UTF-8.</summary>
    private static string Sent(string text) => text.Replace('\uD800', '\uFFFD');
}
