using Observe.Query.Execution;
using Observe.Query.Language;
using Observe.Query.Search;
using Observe.Tests.Query.Seeds;

namespace Observe.Tests.Query.Search;

public sealed class RegexCheckTests(QueryFixture fixture) : IClassFixture<QueryFixture>
{
    [Fact]
    public async Task Check_ManyThatAreRight_IsOneStatement()
    {
        using IDisposable scope = Question.Begin("test", TimeProvider.System);
        await CheckAsync([.. Enumerable.Range(0, 900).Select(i => $"user-{i % 800}$")]);
        Assert.Equal(1, Question.Current!.Statements);
    }

    [Fact]
    public async Task Check_OneOfManyIsWrong_SaysWhichAndWhy()
    {
        var error = await Assert.ThrowsAsync<QuerySyntaxException>(() => CheckAsync(["a", "b", "(c", "d", "[e"]));
        Assert.Equal(new TextSpan(2, 1), error.Position);
        Assert.StartsWith("This is not a regular expression (RE2): missing ): (c.", error.Message, StringComparison.Ordinal);
    }

    private Task CheckAsync(string[] regexes) => RegexCheck.RunAsync(
        fixture.Get<IQueryEngine>(), [.. regexes.Select((regex, i) => new QueryValue(regex, IsQuoted: true, new TextSpan(i, 1)))], TestContext.Current.CancellationToken);
}
