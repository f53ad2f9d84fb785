using Observe.Query.Compilation;
using Observe.Query.PromQL.Evaluation;

namespace Observe.Query.PromQL.Selection;

/// <summary>The condition on points of some series of a metric in a stretch of time.</summary>
/// <param name="Metric">The metric's name, as sent: points lie together by it.</param>
/// <param name="Series">The ids of those that are wanted, ascending. A series' place is its index here.</param>
/// <param name="IsAll">Whether the metric has no others.</param>
/// <param name="Samples">Which of their points.</param>
internal sealed record PointRange(string Metric, ulong[] Series, bool IsAll, SampleRange Samples)
{
    /// <summary>Of more it is quicker to read all and to leave out what is not wanted.</summary>
    private const int MaxListed = 1_000;

    public string Condition(ParameterBag parameters)
    {
        // Points have milliseconds: one is after a time when it is after the millisecond in which that lies.
        string from = $"fromUnixTimestamp64Milli({parameters.Add(Milliseconds(PointTimes.Stored(Samples.From)))}, 'UTC')", to = $"fromUnixTimestamp64Milli({parameters.Add(Milliseconds(PointTimes.Stored(Samples.To)))}, 'UTC')";

        // The engine finds the granules by the order of the table, of which the rows need not be asked again.
        string condition = $"""
            MetricName = {parameters.Add(Metric)} AND Timestamp > {from} AND Timestamp <= {to}
              AND indexHint({PointTimes.InQuarters(from, to)})
            """;
        return IsAll || Series.Length > MaxListed ? condition : $"{condition} AND SeriesId IN (SELECT arrayJoin({parameters.Add(Series)}))";
    }

    /// <summary>
    /// The same and what lies behind it in the last quarter of an hour: the engine reads that anyhow, for the quarters are in the order of their series. Without it where it
    /// would be more than a quarter of the range, and memory be filled with what is not needed yet.
    /// </summary>
    public PointRange ToEndOfQuarter()
    {
        long end = PointTimes.EndOfQuarter(Samples.To);
        return end > Samples.To && end - Samples.To <= (Samples.To - Samples.From) / 4 ? this with { Samples = Samples with { To = end } } : this;
    }

    /// <summary>What of it is after a time; nothing when that is not before its end.</summary>
    public PointRange After(long time) => this with { Samples = Samples with { From = Math.Max(Samples.From, time), To = Math.Max(Samples.To, time) } };

    private static long Milliseconds(long time) => (time / PromQLTime.Millisecond) - (time % PromQLTime.Millisecond < 0 ? 1 : 0);
}
