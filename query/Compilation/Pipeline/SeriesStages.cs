using Observe.Query.Language;
using Observe.Query.Search;

namespace Observe.Query.Compilation.Pipeline;

/// <summary>What cannot be asked of metric series, with what to ask instead.</summary>
internal static class SeriesStages
{
    public const string NoTime =
        "Metric series have no times, only days: group by last_day, or ask for what they measure over time with PromQL, at /prometheus.";

    private const string Rate =
        "rate counts records over time, and metric series have no times: count() counts series. What a metric's rate is, PromQL's rate() says, at /prometheus.";

    private const string Histogram =
        "Metric series have no times, so there are no counts of them over time: ask /api/v1/query for them, or with stats count() by last_day for how many there were.";

    /// <exception cref="QuerySyntaxException">The aggregate counts by time, and rows are series.</exception>
    public static void CheckRate(PipelineScope scope, AggregateNode node)
    {
        if (scope.HasRecords && scope.Time is null)
        {
            throw new QuerySyntaxException(Rate, node.Span);
        }
    }

    /// <exception cref="QuerySyntaxException">The query is about series.</exception>
    public static void CheckHistogram(ParsedQuery query)
    {
        if (query.Signal == SearchSignal.Metrics)
        {
            throw new QuerySyntaxException(Histogram, query.SignalSpan);
        }
    }
}
