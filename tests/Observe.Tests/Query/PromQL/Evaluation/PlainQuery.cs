using Observe.Query.PromQL;
using Observe.Query.PromQL.Evaluation;
using Observe.Tests.Query.PromQL.Windows;

namespace Observe.Tests.Query.PromQL.Evaluation;

/// <summary>A query beside what it means at one time, written down as plainly as it can be: no grids, nothing shared between times.</summary>
/// <param name="Text">As PromQL.</param>
/// <param name="At">The vector at a time in nanoseconds.</param>
internal sealed record PlainQuery(string Text, Func<long, Dictionary<Labels, double>> At)
{
    private const long Second = 1_000_000_000;
    private const long Lookback = 300 * Second;

    public static PlainQuery Select(IReadOnlyList<SampledSeries> all, string name, long offset) => new($"{name} offset {offset}s", time =>
    {
        long at = time - (offset * Second);
        return all.Where(series => series.Labels.Name == name)
            .Select(series => (series.Labels, Sample: Samples(series).LastOrDefault(sample => sample.Time <= at, (Time: long.MinValue, Value: StaleMarker.Value))))
            .Where(found => found.Sample.Time > at - Lookback && !StaleMarker.Is(found.Sample.Value))
            .ToDictionary(found => found.Labels, found => found.Sample.Value);
    });

    public static PlainQuery Window(IReadOnlyList<SampledSeries> all, string name, string function, long seconds) => new($"{function}({name}[{seconds}s])", time => Over(
        function, time, seconds,
        all.Where(series => series.Labels.Name == name)
            .Select(series => (series.Labels, Samples(series).Where(sample => sample.Time > time - (seconds * Second) && sample.Time <= time)))));

    /// <summary>A subquery, at multiples of its step.</summary>
    public PlainQuery Again(string function, long seconds, long step) => new($"{function}(({Text})[{seconds}s:{step}s])", time =>
    {
        var found = new Dictionary<Labels, List<(long, double)>>();
        for (long at = ((time / Second) - seconds) / step * step; at * Second <= time; at += step)
        {
            foreach ((Labels labels, double value) in at * Second > time - (seconds * Second) ? At(at * Second) : [])
            {
                found.TryAdd(labels, []);
                found[labels].Add((at * Second, value));
            }
        }

        return Over(function, time, seconds, found.Select(series => (series.Key, (IEnumerable<(long, double)>)series.Value)));
    });

    public PlainQuery Aggregate(string aggregation, params string[] by) => new($"{aggregation} by ({string.Join(", ", by)}) ({Text})", time => At(time)
        .GroupBy(one => one.Key.Keep(by.ToHashSet()))
        .ToDictionary(group => group.Key, group => Reduce(aggregation, [.. group.Select(one => one.Value)])));

    public PlainQuery Each(string before, string after, Func<double, double> compute) => new($"{before}({Text}){after}", time =>
        At(time).ToDictionary(one => one.Key.WithoutName(), one => compute(one.Value)));

    public PlainQuery Filter(string condition, Func<double, bool> holds) => new($"({Text}) {condition}", time =>
        At(time).Where(one => holds(one.Value)).ToDictionary());

    /// <summary>Both sides with the same labels and without names.</summary>
    public PlainQuery Combine(string symbol, PlainQuery other, Func<double, double, double> compute) => new($"({Text}) {symbol} ({other.Text})", time =>
    {
        Dictionary<Labels, double> right = other.At(time);
        return At(time).Where(one => right.ContainsKey(one.Key)).ToDictionary(one => one.Key, one => compute(one.Value, right[one.Key]));
    });

    public PlainQuery And(PlainQuery other) => new($"({Text}) and ({other.Text})", time => At(time).Where(one => other.At(time).ContainsKey(one.Key)).ToDictionary());

    public PlainQuery Unless(PlainQuery other) => new($"({Text}) unless ({other.Text})", time => At(time).Where(one => !other.At(time).ContainsKey(one.Key)).ToDictionary());

    public PlainQuery Or(PlainQuery other) => new($"({Text}) or ({other.Text})", time =>
    {
        Dictionary<Labels, double> left = At(time);
        return left.Concat(other.At(time).Where(one => !left.ContainsKey(one.Key))).ToDictionary();
    });

    private static Dictionary<Labels, double> Over(string function, long time, long seconds, IEnumerable<(Labels Labels, IEnumerable<(long Time, double Value)> Samples)> windows) => windows
        .Select(window => (window.Labels, Value: ReferenceFunctions.Evaluate(
            function, Seconds(time) - seconds, Seconds(time),
            [.. window.Samples.Where(sample => !StaleMarker.Is(sample.Value)).Select(sample => (Seconds(sample.Time), sample.Value))], 0)))
        .Where(result => result.Value is not null)
        .ToDictionary(result => function is "last_over_time" or "first_over_time" ? result.Labels : result.Labels.WithoutName(), result => result.Value!.Value);

    private static double Reduce(string aggregation, double[] values) => aggregation switch
    {
        "sum" => values.Sum(),
        "avg" => values.Average(),
        "min" => values.Min(),
        "max" => values.Max(),
        "count" => values.Length,
        _ => 1,
    };

    private static IEnumerable<(long Time, double Value)> Samples(SampledSeries series)
    {
        for (int i = 0; i < series.Samples.Count; i++)
        {
            yield return (series.Samples.Times[i], series.Samples.Values[i]);
        }
    }

    private static double Seconds(long time) => time / (double)Second;
}
