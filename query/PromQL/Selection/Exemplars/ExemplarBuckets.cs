using System.Collections.Immutable;
using Observe.Query.Compilation;
using Observe.Query.Execution;
using Observe.Query.PromQL.Language;
using Observe.Storage.Engine;
using Observe.Storage.Results;

namespace Observe.Query.PromQL.Selection.Exemplars;

/// <summary>Tells into which bucket of a histogram with explicit bounds an exemplar falls.</summary>
internal sealed class ExemplarBuckets(IQueryEngine engine, HistogramBounds bounds)
{
    /// <summary>A point comes after what it adds up, usually within a minute.</summary>
    private const long LongestInterval = 3_600_000;

    /// <summary>The <c>le</c> of each exemplar's bucket; of one whose point is not stored that of the last bucket, in which all measurements are.</summary>
    /// <param name="metrics">The names of the series' metrics, as sent.</param>
    /// <param name="exemplars">Of histograms with explicit bounds.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyDictionary<StoredExemplar, string>> OfAsync(
        IEnumerable<string> metrics, IReadOnlyCollection<StoredExemplar> exemplars, CancellationToken cancellationToken)
    {
        if (exemplars.Count == 0)
        {
            return new Dictionary<StoredExemplar, string>();
        }

        ILookup<ulong, (ulong Bounds, long Last)> used = await UsedAsync(metrics, exemplars, cancellationToken);
        IReadOnlyDictionary<ulong, ImmutableArray<double>> known = await bounds.GetAsync(used.SelectMany(series => series).Select(one => one.Bounds).ToHashSet(), cancellationToken);
        var found = new Dictionary<StoredExemplar, string>(exemplars.Count, ReferenceEqualityComparer.Instance);
        foreach (StoredExemplar exemplar in exemplars)
        {
            // Bounds may have changed: the point is the first that is not before the exemplar.
            (ulong Bounds, long Last)[] candidates = [.. used[exemplar.Series].OrderBy(one => one.Last)];
            ulong chosen = candidates.FirstOrDefault(one => one.Last >= exemplar.Time, candidates.LastOrDefault()).Bounds;
            found[exemplar] = NumberText.Print(known.GetValueOrDefault(chosen, []).FirstOrDefault(bound => bound >= exemplar.Value, double.PositiveInfinity));
        }

        return found;
    }

    /// <summary>The bounds that each series had around the exemplars, with the time (in nanoseconds since 1970) of the last point with them.</summary>
    private async Task<ILookup<ulong, (ulong Bounds, long Last)>> UsedAsync(
        IEnumerable<string> metrics, IReadOnlyCollection<StoredExemplar> exemplars, CancellationToken cancellationToken)
    {
        var parameters = new ParameterBag();
        string from = Time(exemplars.Min(one => one.Time) / 1_000_000), to = Time((exemplars.Max(one => one.Time) / 1_000_000) + LongestInterval);
        string sql = $"""
            SELECT SeriesId, BoundsId, toUnixTimestamp64Milli(max(Timestamp)) AS LastMilliseconds
            FROM histogram_points
            WHERE MetricName IN (SELECT arrayJoin({parameters.Add(metrics)})) AND SeriesId IN (SELECT arrayJoin({parameters.Add(exemplars.Select(one => one.Series).Distinct())}))
              AND Timestamp >= {from} AND Timestamp <= {to}
              AND {PointTimes.InQuarters(from, to)}
            GROUP BY SeriesId, BoundsId
            """;
        IReadOnlyList<ResultBlock> blocks = await engine.QueryAllAsync(new SqlStatement(sql, parameters.Parameters, QueryLimits.Settings), cancellationToken);
        return blocks
            .SelectMany(block => Enumerable.Range(0, block.RowCount).Select(row => (
                Series: block["SeriesId"].GetUInt64(row), Bounds: block["BoundsId"].GetUInt64(row), Last: ((block["LastMilliseconds"].GetInt64(row) + 1) * 1_000_000) - 1)))
            .ToLookup(one => one.Series, one => (one.Bounds, one.Last));

        string Time(long milliseconds) => $"fromUnixTimestamp64Milli({parameters.Add(milliseconds)}, 'UTC')";
    }
}
