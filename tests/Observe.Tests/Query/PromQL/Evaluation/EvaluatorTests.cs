using Observe.Query.PromQL;
using Observe.Query.PromQL.Evaluation;
using Observe.Query.PromQL.Language;

namespace Observe.Tests.Query.PromQL.Evaluation;

public sealed class EvaluatorTests
{
    private const string Error = "error: ";

    public static TheoryData<string, int, string, string> Cases => EvaluationCases.Read();

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Evaluate_Query_GivesTheAnswer(string file, int line, string query, string expected)
    {
        (IReadOnlyList<SampledSeries> series, string at) = EvaluationCases.SetOf(file, line);
        (Grid grid, bool isRange, bool isOrdered, string text) = EvaluationCases.When(query, at);
        var service = new PromQLService(new MemoryMetricSource(series), TimeProvider.System);
        Task<PromQLAnswer> asking = isRange
            ? service.RangeAsync(text, grid, null, TestContext.Current.CancellationToken)
            : service.InstantAsync(text, grid.Start, null, TestContext.Current.CancellationToken);
        if (expected.StartsWith(Error, StringComparison.Ordinal))
        {
            Assert.Equal(expected[Error.Length..], (await Assert.ThrowsAsync<PromQLEvaluationException>(() => asking)).Message);
            return;
        }

        Assert.Equal(isOrdered ? expected : AnswerText.Sorted(expected), AnswerText.Of(await asking, isOrdered));
    }

    /// <summary>A range is what instant queries at each of its times would give.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Evaluate_OneTimeInARange_GivesWhatTheInstantDoes(string file, int line, string query, string expected)
    {
        (IReadOnlyList<SampledSeries> series, string at) = EvaluationCases.SetOf(file, line);
        (Grid grid, bool isRange, _, string text) = EvaluationCases.When(query, at);
        if (isRange || expected.StartsWith(Error, StringComparison.Ordinal) || PromQLParser.Parse(text).Type is ExpressionType.String or ExpressionType.RangeVector)
        {
            return;
        }

        var service = new PromQLService(new MemoryMetricSource(series), TimeProvider.System);
        PromQLAnswer range = await service.RangeAsync(text, Grid.Of(grid.Start, grid.Start, 60_000_000_000), null, TestContext.Current.CancellationToken);
        Assert.Equal(AnswerText.Sorted(expected), AnswerText.Of(range, isOrdered: false));
    }

    [Fact]
    public void Cases_EveryFunction_HasOne()
    {
        string[] queries = [.. Cases.Select(row => row.Data.Item3)];
        string[] missing = [.. PromQLFunctions.All.Select(function => function.Name).Where(name => !queries.Any(query => query.Contains(name + "(", StringComparison.Ordinal)))];
        Assert.Empty(missing);
    }
}
