using System.Globalization;
using Observe.Query.Compilation.Pipeline;
using Observe.Query.Language;
using Observe.Query.Search;
using Observe.Storage.Engine;
using Observe.Tests.Query.Seeds;

namespace Observe.Tests.Query.Pipeline;

/// <summary>Lists of as many values as the language takes.</summary>
public sealed class LongListTests(QueryFixture fixture) : IClassFixture<QueryFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("user.id in (…,u1,7)", 2)]
    [InlineData("user.id in (…,7.0)", 1)]
    [InlineData("user.id not in (…,u1,7)", 3)]
    [InlineData("attr.http.status in (…,500)", 2)]
    [InlineData("attr.duration_ms in (…,1200.5,\"30\")", 2)]
    [InlineData("attr.flag in (…,true)", 2)]
    [InlineData("tags in (…,red)", 1)]
    [InlineData("codes in (…,5)", 1)]
    [InlineData("resource.host.name in (…,h1)", 2)]
    [InlineData("host.name in (…,h1)", 2)]
    [InlineData("scope.n in (…,red)", 0)]
    [InlineData("nowhere in (…,red)", 0)]
    [InlineData("service.name in (…,c*t)", 4)]
    [InlineData("body in (…,\"payment ok\")", 1)]
    [InlineData("flags in (…,5)", 1)]
    [InlineData("| let x = user.id | where x in (…,u1,7)", 2)]
    [InlineData("| let x = duration_ms * 1 | where x in (…,1200.5)", 1)]
    [InlineData("| parse json | where code in (…,7)", 1)]
    [InlineData("| stats count() as n by service.name | where n in (…,2)", 2)]
    public async Task In_TenThousandValues_FindsThem(string query, int expected)
    {
        int real = query.Count(c => c == ',') + 1;
        bool takesNumbersOnly = query.Contains("flags", StringComparison.Ordinal) || query.Contains("* 1", StringComparison.Ordinal) || query.Contains("count()", StringComparison.Ordinal);
        IEnumerable<string> others = Enumerable.Range(0, LanguageLimits.MaxListValues - real)
            .Select(i => takesNumbersOnly ? (1_000_000 + i).ToString(CultureInfo.InvariantCulture) : $"\"00000000-0000-0000-0000-{i:d10}\"");
        string text = query.Replace("…", string.Join(',', others), StringComparison.Ordinal);

        CompiledPipeline plain = PipelineCompiler.Compile(QueryParser.Parse(text), Seed.Range, 100, TimeProvider.System);
        Assert.Equal(expected, (await fixture.Engine.QueryAllAsync(plain.Statement, Token)).Sum(block => block.RowCount));
        SearchResult result = await fixture.SearchAsync(text);
        Assert.Equal(expected, result.Records.Count + (result.Table?.RowCount ?? 0));
    }

    [Fact]
    public async Task In_TenThousandTraceIds_FindsThem()
    {
        IEnumerable<string> ids = Enumerable.Range(1, LanguageLimits.MaxListValues - 1).Select(i => i.ToString("x32", CultureInfo.InvariantCulture)).Append(Seed.TraceId);
        SearchResult result = await fixture.SearchAsync($"trace_id in ({string.Join(", ", ids)})");
        Assert.Equal(2, result.Records.Count);
    }

    [Fact]
    public void In_MoreValues_IsRefused()
    {
        string text = $"a in (1{string.Concat(Enumerable.Repeat(",1", LanguageLimits.MaxListValues))})";
        Assert.Contains("at most 10000 values", Assert.Throws<QuerySyntaxException>(() => QueryParser.Parse(text)).Message, StringComparison.Ordinal);
    }

    /// <summary>Lists do not count, what is around them does.</summary>
    [Fact]
    public void Query_OfMoreCharactersBesidesItsLists_IsRefused()
    {
        string list = $"a in (\"{new string('x', LanguageLimits.MaxLength)}\")";
        QueryParser.Parse(list);
        Assert.Throws<QuerySyntaxException>(() => QueryParser.Parse($"{list} {new string('y', LanguageLimits.MaxLength)}"));
        Assert.Throws<QuerySyntaxException>(() => QueryParser.Parse($"a in (\"{new string('x', LanguageLimits.MaxLengthWithLists)}\")"));
    }
}
