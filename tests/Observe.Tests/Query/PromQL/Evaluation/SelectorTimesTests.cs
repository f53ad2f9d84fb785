using Observe.Query.PromQL.Evaluation;
using Observe.Query.PromQL.Language;

namespace Observe.Tests.Query.PromQL.Evaluation;

/// <summary>Of a query at 10,000 to 11,000 seconds: which samples each selector needs, in seconds.</summary>
public sealed class SelectorTimesTests
{
    private const long Start = 10_000, End = 11_000;

    [Theory]
    [InlineData("a", "a 9700-11000")]
    [InlineData("a offset 1m", "a 9640-10940")]
    [InlineData("a offset -1m", "a 9760-11060")]
    [InlineData("rate(a[10m])", "a 9400-11000")]
    [InlineData("rate(a[10m] offset 1h)", "a 5800-7400")]
    [InlineData("a @ 500", "a 200-500")]
    [InlineData("a @ end()", "a 10700-11000")]
    [InlineData("a @ start() offset 100s", "a 9600-9900")]
    [InlineData("max_over_time(rate(a[1m])[1h:1m])", "a 6340-11000")]
    [InlineData("max_over_time(a[1h:1m] offset 1h)", "a 2500-7400")]
    [InlineData("max_over_time(rate(a[1m] @ 500)[1h:1m] @ 20000)", "a 440-500")]
    [InlineData("max_over_time(a[1h:1m] @ 20000)", "a 16100-20000")]
    [InlineData("topk(scalar(a), -(b)) and c offset 1m", "a 9700-11000, b 9700-11000, c 9640-10940")]
    [InlineData("1 + time()", "")]
    public void Of_Query_AreAllThatItsSelectorsNeed(string query, string expected)
    {
        Expression expression = PromQLParser.Parse(query);
        Grid grid = Grid.Of(Start * PromQLTime.Second, End * PromQLTime.Second, 100 * PromQLTime.Second);
        var settings = new EvaluationSettings(
            grid.Start, grid.End, new DurationEvaluator(TimeSpan.FromSeconds(100), TimeSpan.FromSeconds(End - Start), query), EvaluationSettings.DefaultLookback, EvaluationSettings.DefaultSubqueryStep);
        var times = SelectorTimes.Of(expression, grid, settings);
        Assert.Equal(expected, string.Join(", ", expression.Selectors().Select(selector =>
            $"{selector.Name} {times[selector].From / PromQLTime.Second}-{times[selector].To / PromQLTime.Second}")));
    }
}
