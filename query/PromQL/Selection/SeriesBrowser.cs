using System.Runtime.CompilerServices;
using Observe.Query.Compilation;
using Observe.Query.PromQL.Evaluation;
using Observe.Query.PromQL.Language;
using Observe.Query.PromQL.Naming;
using Observe.Query.PromQL.Selection.Targets;

namespace Observe.Query.PromQL.Selection;

/// <summary>Lists series, labels and their values without samples, for those who write a query.</summary>
/// <remarks>
/// Of the series that any of the selectors means, or of all where there are none. A histogram's buckets and a summary's quantiles are one series here: their
/// bounds and levels are known from points alone.
/// </remarks>
internal sealed class SeriesBrowser(MetricCatalog catalog, LabelCatalog labelCatalog, SeriesIndex index, SeenSeries seen, TargetCatalog targets)
{
    /// <summary>Metrics whose series are in memory at once, besides those that the index keeps.</summary>
    private const int MetricsAtOnce = 25;

    private static readonly VectorSelector Anything = new(null, [], null, null, default);

    /// <summary>The labels of series, each once.</summary>
    /// <param name="selectors">What is meant; none for everything.</param>
    /// <param name="days">On which they were seen.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyCollection<Labels>> SeriesAsync(IReadOnlyList<VectorSelector> selectors, DayRange days, int limit, CancellationToken cancellationToken)
    {
        var found = new HashSet<Labels>();
        await foreach (Browsed metric in FindAsync(selectors, days, cancellationToken))
        {
            foreach (Labels labels in metric.Names.SelectMany(name => metric.Series.Select(labels => labels.With(LabelMatcher.MetricName, name.Name))))
            {
                if (found.Count >= limit)
                {
                    return found;
                }

                found.Add(labels);
            }
        }

        return found;
    }

    /// <summary>The names of the series' labels, in alphabetical order.</summary>
    public async Task<IReadOnlyCollection<string>> LabelNamesAsync(IReadOnlyList<VectorSelector> selectors, DayRange days, CancellationToken cancellationToken)
    {
        if (selectors.Count == 0)
        {
            return [.. (await labelCatalog.NamesAsync(days, cancellationToken)).Order(StringComparer.Ordinal)];
        }

        var found = new HashSet<string>(StringComparer.Ordinal);
        await foreach (Browsed metric in FindAsync(selectors, days, cancellationToken))
        {
            foreach (Labels labels in metric.Series)
            {
                found.UnionWith(labels.Select(label => label.Key));
            }

            found.UnionWith(metric.Names.Select(name => name.View.OwnLabel()).OfType<string>());
        }

        return [.. found.Order(StringComparer.Ordinal)];
    }

    /// <summary>The values of a label, which may be named in either form, in alphabetical order.</summary>
    public async Task<IReadOnlyCollection<string>> LabelValuesAsync(
        string label, IReadOnlyList<VectorSelector> selectors, DayRange days, CancellationToken cancellationToken)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        string translated = PrometheusNames.Label(label);
        if (label == LabelMatcher.MetricName)
        {
            await foreach (ExposedName name in NamesAsync(selectors, days, cancellationToken))
            {
                found.Add(name.Name);
            }
        }
        else if (selectors.Count == 0 && await labelCatalog.ValuesAsync(translated, days, cancellationToken) is { } ofResources)
        {
            found.UnionWith(ofResources);
        }
        else
        {
            await foreach (Browsed metric in FindAsync(selectors, days, cancellationToken))
            {
                found.UnionWith(metric.Series.Select(labels => LabelMatchers.Value(labels, label, translated)));
            }
        }

        found.Remove("");
        return [.. found.Order(StringComparer.Ordinal)];
    }

    /// <summary>The names that the series have. Where selectors say nothing of labels no series is read for it, however many there are.</summary>
    private async IAsyncEnumerable<ExposedName> NamesAsync(
        IReadOnlyList<VectorSelector> selectors, DayRange days, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (VectorSelector selector in OrAnything(selectors))
        {
            var matchers = new LabelMatchers(selector);
            if (matchers.IsOnNameAlone)
            {
                foreach (ExposedName name in await NamesAsync(matchers, days, cancellationToken))
                {
                    yield return name;
                }

                continue;
            }

            await foreach (Browsed metric in FindAsync([selector], days, cancellationToken))
            {
                foreach (ExposedName name in metric.Names)
                {
                    yield return name;
                }
            }
        }
    }

    private async IAsyncEnumerable<Browsed> FindAsync(
        IReadOnlyList<VectorSelector> selectors, DayRange days, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (VectorSelector selector in OrAnything(selectors))
        {
            var matchers = new LabelMatchers(selector);

            // The parts of a metric have the same labels, but for those that only a part has.
            IEnumerable<ExposedName[]> metrics = (await NamesAsync(matchers, days, cancellationToken))
                .GroupBy(name => (name.Metric, name.IsTranslated, name.View.OwnLabel()))
                .Select(names => names.ToArray());
            foreach (ExposedName[][] some in metrics.Chunk(MetricsAtOnce))
            {
                IReadOnlyDictionary<ExposedName, IReadOnlyList<Labels>> labels = await LabelsAsync([.. some.Select(names => names[0])], days, cancellationToken);
                foreach (ExposedName[] names in some)
                {
                    Labels[] series = [.. labels[names[0]].Where(one => matchers.Match(one, except: names[0].View.OwnLabel()))];
                    if (series.Length > 0)
                    {
                        yield return new Browsed(names, series);
                    }
                }
            }
        }
    }

    /// <summary>The labels of each name's series.</summary>
    private async Task<IReadOnlyDictionary<ExposedName, IReadOnlyList<Labels>>> LabelsAsync(IReadOnlyList<ExposedName> names, DayRange days, CancellationToken cancellationToken)
    {
        ExposedName[] stored = [.. names.Where(name => name.View != MetricView.Target)];
        IReadOnlyDictionary<ExposedName, IReadOnlyList<MetricSeries>> series = await index.OfAsync(stored, cancellationToken);
        IReadOnlySet<ulong>? then = days == DayRange.All || stored.Length == 0 ? null : await seen.OfAsync(stored.Select(name => name.Metric.Name), days, cancellationToken);
        var labels = series.ToDictionary(
            one => one.Key, one => (IReadOnlyList<Labels>)[.. one.Value.Where(each => then is null || then.Contains(each.Id)).Select(each => each.Labels)]);
        foreach (ExposedName target in names.Where(name => name.View == MetricView.Target))
        {
            labels[target] = [.. (await targets.SeenAsync(days, cancellationToken)).Select(one => one.Labels)];
        }

        return labels;
    }

    /// <summary>The names that a selector means, of metrics that were seen on one of the days.</summary>
    private async Task<IReadOnlyList<ExposedName>> NamesAsync(LabelMatchers matchers, DayRange days, CancellationToken cancellationToken)
    {
        IReadOnlyList<ExposedName> names = await catalog.FindAsync(matchers, cancellationToken);
        if (days != DayRange.All && names.Count > 0)
        {
            IReadOnlySet<MetricIdentity> then = await catalog.SeenAsync(days, cancellationToken);
            names = [.. names.Where(name => name.View == MetricView.Target || then.Contains(name.Metric))];
        }

        bool hasTargets = names.Any(name => name.View == MetricView.Target) && (await targets.SeenAsync(days, cancellationToken)).Count > 0;
        return [.. names.Where(name => name.View != MetricView.Target || hasTargets)];
    }

    private static IReadOnlyList<VectorSelector> OrAnything(IReadOnlyList<VectorSelector> selectors) => selectors.Count > 0 ? selectors : [Anything];

    /// <param name="Names">By which the series can be asked for.</param>
    /// <param name="Series">Their labels, under the first of the names.</param>
    private sealed record Browsed(IReadOnlyList<ExposedName> Names, IReadOnlyList<Labels> Series);
}
