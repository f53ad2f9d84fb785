using Observe.Query.PromQL;
using Observe.Query.PromQL.Evaluation;
using Observe.Tests.Query.Cases;
using Observe.Tests.Query.Correlation;
using Observe.Tests.Query.PromQL.Evaluation;

namespace Observe.Tests.Query.PromQL.Selection;

/// <summary>PromQL over what ingest stored of OTLP's metrics.</summary>
public sealed class StoredMetricsTests(MetricFixture fixture) : IClassFixture<MetricFixture>
{
    public static TheoryData<string, string> Cases => CaseFile.Read("PromQL/stored.txt");

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Ask_StoredMetrics_GivesTheAnswer(string query, string expected)
    {
        (Grid grid, bool isRange, bool isOrdered, string text) = EvaluationCases.When(query, "5m");
        Grid times = grid with { Start = grid.Start + (long)Arrivals.Base };
        var service = fixture.Get<IPromQLService>();
        PromQLAnswer answer = isRange
            ? await service.RangeAsync(text, times, null, TestContext.Current.CancellationToken)
            : await service.InstantAsync(text, times.Start, null, TestContext.Current.CancellationToken);
        Assert.Equal(isOrdered ? expected : AnswerText.Sorted(expected), AnswerText.Of(answer, isOrdered));
    }
}
