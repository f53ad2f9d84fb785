namespace Observe.Tests.Process;

/// <summary>A table that a <see cref="CountedLoad"/> is found in.</summary>
/// <param name="Number">The expression that gives a row's number.</param>
/// <param name="Metric">The metric whose series lead to the connection; null where each row names it.</param>
internal sealed record CountedTable(string Name, CountedSignal Signal, string Number, string? Metric)
{
    public static IReadOnlyList<CountedTable> All { get; } =
    [
        new("logs", CountedSignal.Logs, $"Attributes.{CountedRequests.Record}.:Int64", null),
        new("spans", CountedSignal.Spans, $"Attributes.{CountedRequests.Record}.:Int64", null),
        new("number_points", CountedSignal.Metrics, "toInt64(Value)", "counted.gauge"),
        new("exemplars", CountedSignal.Metrics, "toInt64(Value)", "counted.gauge"),
        new("histogram_points", CountedSignal.Metrics, "toInt64(Count)", "counted.histogram"),
        new("exponential_histogram_points", CountedSignal.Metrics, "toInt64(Count)", "counted.exponential"),
        new("summary_points", CountedSignal.Metrics, "toInt64(Count)", "counted.summary"),
    ];

    private const string Connection = $"Attributes.{CountedRequests.Connection}.:Int64";

    public string Numbers(string run) => Metric is null
        ? $"SELECT {Connection} AS connection, {Number} AS number FROM {Name} WHERE Attributes.{CountedRequests.Run}.:String = '{run}'"
        : $"SELECT series.connection AS connection, {Number} AS number FROM {Name} INNER JOIN (SELECT DISTINCT SeriesId, {Connection} AS connection "
            + $"FROM metric_series WHERE MetricName = '{Metric}' AND Attributes.{CountedRequests.Run}.:String = '{run}') AS series USING (SeriesId)";
}
