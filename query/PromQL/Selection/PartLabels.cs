using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Observe.Query.Compilation;
using Observe.Query.Execution;
using Observe.Query.PromQL.Evaluation;
using Observe.Query.PromQL.Language;
using Observe.Query.Time;
using Observe.Storage.Engine;
using Observe.Storage.Results;

namespace Observe.Query.PromQL.Selection;

/// <summary>The values of the labels that tell the parts of points apart: <c>le</c> of histograms with explicit bounds, <c>quantile</c> of summaries.</summary>
/// <remarks>
/// Which bounds a series has is said by its points alone. They are read of whole days, as series are known by days, but nothing of them than a column that is the same
/// in nearly all.
/// </remarks>
internal sealed class PartLabels(IQueryEngine engine, PointBlocks points, HistogramBounds bounds)
{
    /// <summary>The values of <paramref name="label"/> that any series had on one of the days; none for a label that is no part's.</summary>
    public async Task<IEnumerable<string>> SeenAsync(string label, DayRange days, CancellationToken cancellationToken) => label switch
    {
        MetricViews.Bound => Texts(await bounds.SeenAsync(days, cancellationToken)),
        MetricViews.Level => Texts(await LevelsAsync(days, cancellationToken)),
        _ => [],
    };

    /// <summary>The values of the label of a name that means parts, for each of its series, in the order of numbers; none for a series without points.</summary>
    /// <param name="name">Of a histogram's buckets or a summary's quantiles.</param>
    /// <param name="series">Those that are wanted, by their ids, ascending.</param>
    /// <param name="isAll">Whether the metric has no others on these days.</param>
    /// <param name="days">Of the points.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<IReadOnlyList<string>>> OfAsync(
        ExposedName name, IReadOnlyList<MetricSeries> series, bool isAll, DayRange days, CancellationToken cancellationToken)
    {
        var range = new PointRange(
            name.Metric.Name, [.. series.Select(one => one.Id)], isAll, new SampleRange(UnixDay.Start(days.First) - 1, UnixDay.Start(days.Last + 1) - 1));
        SortedSet<double>?[] parts = name.View == MetricView.Bucket ? await BoundsAsync(range, cancellationToken) : await LevelsAsync(range, cancellationToken);

        // Series of a metric mostly have the same.
        var texts = new Dictionary<SortedSet<double>, string[]>(SortedSet<double>.CreateSetComparer());
        return [.. parts.Select(set => set is null ? [] : texts.TryGetValue(set, out string[]? known) ? known : texts[set] = [.. Texts(set)])];
    }

    private async Task<SortedSet<double>?[]> BoundsAsync(PointRange range, CancellationToken cancellationToken)
    {
        var found = new List<(int Place, ulong Bounds)>();
        await foreach ((int place, ResultBlock block, int row) in RowsAsync("histogram_points", "BoundsId", range, cancellationToken))
        {
            found.Add((place, block["BoundsId"].GetUInt64(row)));
        }

        IReadOnlyDictionary<ulong, ImmutableArray<double>> known = await bounds.GetAsync(found.Select(one => one.Bounds).ToHashSet(), cancellationToken);
        var parts = new SortedSet<double>?[range.Series.Length];
        foreach ((int place, ulong id) in found)
        {
            SortedSet<double> ofSeries = parts[place] ??= [double.PositiveInfinity];
            ofSeries.UnionWith(known.GetValueOrDefault(id, []));
        }

        return parts;
    }

    private async Task<SortedSet<double>?[]> LevelsAsync(PointRange range, CancellationToken cancellationToken)
    {
        var parts = new SortedSet<double>?[range.Series.Length];
        await foreach ((int place, ResultBlock block, int row) in RowsAsync("summary_points", "Quantiles", range, cancellationToken))
        {
            SortedSet<double> ofSeries = parts[place] ??= [];
            ofSeries.UnionWith(block["Quantiles"].GetFloat64Array(row));
        }

        return parts;
    }

    /// <summary>Each thing that a column has in points of the wanted series, once for a series. Points that say that they have no value count for nothing.</summary>
    private async IAsyncEnumerable<(int Place, ResultBlock Block, int Row)> RowsAsync(
        string table, string column, PointRange range, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (ResultBlock block in points.ReadAsync(table, $"DISTINCT SeriesId, {column}, Flags % 2 = 1 AS IsMissing", range, cancellationToken))
        {
            var finder = new SeriesFinder(range.Series);
            for (int row = 0; row < block.RowCount; row++)
            {
                int place = finder.Find(block["SeriesId"].GetUInt64(row));
                if (place >= 0 && block["IsMissing"].GetUInt64(row) == 0)
                {
                    yield return (place, block, row);
                }
            }
        }
    }

    private async Task<IEnumerable<double>> LevelsAsync(DayRange days, CancellationToken cancellationToken)
    {
        var parameters = new ParameterBag();
        string from = parameters.AddTime(PointTimes.Stored(UnixDay.Start(days.First))), to = parameters.AddTime(PointTimes.Stored(UnixDay.Start(days.Last + 1) - 1));
        string sql = $"""
            SELECT DISTINCT arrayJoin(Quantiles) AS Level
            FROM summary_points
            WHERE Timestamp >= {from} AND Timestamp <= {to}
            """;
        IReadOnlyList<ResultBlock> blocks = await engine.QueryAllAsync(new SqlStatement(sql, parameters.Parameters, QueryLimits.Settings), cancellationToken);
        return blocks.SelectMany(block => Enumerable.Range(0, block.RowCount).Select(block["Level"].GetFloat64));
    }

    private static IEnumerable<string> Texts(IEnumerable<double> values) => values.Select(NumberText.Print);
}
