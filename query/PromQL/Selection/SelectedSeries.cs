using System.Collections.Concurrent;
using Observe.Query.Compilation;
using Observe.Query.PromQL.Evaluation;
using Observe.Query.PromQL.Language;
using Observe.Query.PromQL.Selection.Targets;

namespace Observe.Query.PromQL.Selection;

/// <summary>The series that the selectors of one query mean, found once for all of its pieces.</summary>
/// <remarks>
/// A series has its labels among those that were seen on the days of the whole query (<see cref="SeriesIndex"/>), so that it has the same in each piece.
/// </remarks>
internal sealed class SelectedSeries(MetricCatalog catalog, SeriesIndex index, TargetSource targets, RefusalWarnings refusals, SelectorTimes times)
{
    /// <summary>Each is a statement of its own.</summary>
    private const int MaxNames = 500;

    private readonly ConcurrentDictionary<VectorSelector, Lazy<Task<Selection>>> _found = new();

    /// <exception cref="PromQLEvaluationException">They are too many.</exception>
    public Task<Selection> OfAsync(VectorSelector selector, CancellationToken cancellationToken) =>
        _found.GetOrAdd(selector, _ => new Lazy<Task<Selection>>(() => FindAsync(selector, cancellationToken))).Value;

    private async Task<Selection> FindAsync(VectorSelector selector, CancellationToken cancellationToken)
    {
        var matchers = new LabelMatchers(selector);
        SampleRange range = times[selector];
        var days = DayRange.Of(range.From, range.To);
        IReadOnlyList<ExposedName> names = await NamesAsync(matchers, days, cancellationToken);
        await refusals.WarnAsync(selector, names, range, cancellationToken);
        var metrics = new List<SelectedMetric>();
        IReadOnlyList<Target> found = [];
        int count = 0;
        foreach (ExposedName name in names)
        {
            if (name.View == MetricView.Target)
            {
                found = await targets.FindAsync(matchers, days, cancellationToken);
                continue;
            }

            IReadOnlyList<MetricSeries> all = await index.OfAsync(name, days, cancellationToken);
            MetricSeries[] wanted = [.. all.Where(series => matchers.Match(series.Labels, except: name.View.OwnLabel()))];
            if (wanted.Length == 0)
            {
                continue;
            }

            metrics.Add(new SelectedMetric(name, wanted, [.. wanted.Select(series => series.Id)], wanted.Length == all.Count));
            count += wanted.Length;
            if (count > index.MaxSeries)
            {
                throw new PromQLEvaluationException(
                    $"The selector means more than {index.MaxSeries} series, of {names.Count} metrics {days.Phrase()}: say more of the name or of the labels. Observe:Query:MaxSeries is the limit.");
            }
        }

        return new Selection(matchers, Distinct(metrics), found);
    }

    /// <summary>Metrics of one name that differ in their unit or type have series of their own, which get a label that tells them apart where nothing else does.</summary>
    private static List<SelectedMetric> Distinct(List<SelectedMetric> metrics)
    {
        if (metrics.Count < 2 || metrics.DistinctBy(metric => metric.Name.Name).Count() == metrics.Count)
        {
            return metrics;
        }

        HashSet<Labels> seen = [], repeated = [];
        foreach (MetricSeries series in metrics.SelectMany(metric => metric.Series))
        {
            if (!seen.Add(series.Labels))
            {
                repeated.Add(series.Labels);
            }
        }

        return repeated.Count == 0 ? metrics
            : [.. metrics.Select(metric => metric with { Series = [.. metric.Series.Select(series => repeated.Contains(series.Labels) ? series.WithId() : series)] })];
    }

    /// <exception cref="PromQLEvaluationException">The selector's conditions on the name leave too many.</exception>
    private async Task<IReadOnlyList<ExposedName>> NamesAsync(LabelMatchers matchers, DayRange days, CancellationToken cancellationToken)
    {
        IReadOnlyList<ExposedName> meant = await catalog.FindAsync(matchers, days, cancellationToken);
        return meant.Count <= MaxNames ? meant : throw new PromQLEvaluationException(
            $"The selector means {meant.Count} metrics, and {MaxNames} can be read at once: say more of the name, such as {{__name__=~\"http_.*\"}}.");
    }

    /// <param name="Matchers">The selector's conditions.</param>
    /// <param name="Metrics">Those that have series which match.</param>
    /// <param name="Targets">The series of <see cref="TargetInfo"/>, if they are meant.</param>
    internal sealed record Selection(LabelMatchers Matchers, IReadOnlyList<SelectedMetric> Metrics, IReadOnlyList<Target> Targets);

    /// <param name="Name">By which the metric is asked for.</param>
    /// <param name="Series">Those that match.</param>
    /// <param name="Ids">Theirs, ascending.</param>
    /// <param name="IsAll">Whether the metric has no others on the days of the query.</param>
    internal sealed record SelectedMetric(ExposedName Name, MetricSeries[] Series, ulong[] Ids, bool IsAll);
}
