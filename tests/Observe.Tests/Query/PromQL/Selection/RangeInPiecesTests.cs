using Observe.Query.PromQL;
using Observe.Query.PromQL.Evaluation;
using Observe.Tests.Query.Correlation;
using Observe.Tests.Query.PromQL.Evaluation;

namespace Observe.Tests.Query.PromQL.Selection;

/// <summary>A range of many times is evaluated in pieces, each of which goes on with what the one before has read.</summary>
public sealed class RangeInPiecesTests(LongFixture fixture) : IClassFixture<LongFixture>
{
    [Theory]
    [InlineData("jobs_total")]
    [InlineData("rate(jobs_total[5m])")]
    [InlineData("sum by (kind) (increase(jobs_total[7m])) + on (kind) count_over_time(jobs_total[1m])")]
    [InlineData("jobs_total - jobs_total offset 20m")]
    [InlineData("jobs_total offset -20m")]
    [InlineData("sum(jobs_total @ 1767326700) + sum(jobs_total)")]
    [InlineData("max_over_time(rate(jobs_total[3m])[40m:90s])")]
    [InlineData("rate(parts_total[10m])")]
    [InlineData("max_over_time(jobs_total[3h])")]
    public async Task Range_ManyTimes_GivesAtEachWhatAnInstantDoes(string query)
    {
        var service = fixture.Get<IPromQLService>();
        var grid = new Grid((long)Arrivals.Base + 17_000_000_000, 12_000_000_000, 3_000);

        PromQLAnswer range = await service.RangeAsync(query, grid, null, TestContext.Current.CancellationToken);

        int answers = 0;
        for (int step = 0; step < grid.Count; step += 31)
        {
            PromQLAnswer instant = await service.InstantAsync(query, grid[step], null, TestContext.Current.CancellationToken);
            var at = new VectorValue([.. ((VectorValue)range.Value!).Series.Where(one => one.Has(step)).Select(one => new Series(one.Labels, [one.Values[step]]))]);
            Assert.Equal(AnswerText.Of(instant, isOrdered: false), AnswerText.Of(instant with { Value = at }, isOrdered: false));
            answers += at.Series.Count;
        }

        Assert.True(answers > 90, $"{answers} answers");
    }
}
