using System.Runtime.CompilerServices;
using Observe.Query.Compilation;
using Observe.Query.PromQL.Evaluation;
using Observe.Query.PromQL.Language;
using Observe.Query.PromQL.Naming;
using Observe.Query.PromQL.Selection.Targets;

namespace Observe.Query.PromQL.Selection;

/// <summary>Lists series, labels and their values without samples, for those who write a query.</summary>
/// <remarks>
/// Of the series that any of the selectors means, or of all where there are none. Points are read only where <c>le</c> or <c>quantile</c> matters, which nothing else
/// says: for lists of series and of these labels' values, and where a selector has a condition on them.
/// </remarks>
internal sealed class SeriesBrowser(MetricCatalog catalog, LabelCatalog labelCatalog, SeriesIndex index, PartLabels parts, TargetCatalog targets)
{
    /// <summary>Metrics whose series are asked for at once.</summary>
    private const int MetricsAtOnce = 25;

    private static readonly VectorSelector Anything = new(null, [], null, null, default);

    /// <summary>The labels of series, each once.</summary>
    /// <param name="selectors">What is meant; none for everything.</param>
    /// <param name="days">On which they were seen.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="PromQLEvaluationException">A metric has too many.</exception>
    public async Task<IReadOnlyCollection<Labels>> SeriesAsync(IReadOnlyList<VectorSelector> selectors, DayRange days, int limit, CancellationToken cancellationToken)
    {
        var found = new HashSet<Labels>();
        await foreach (Browsed metric in FindAsync(selectors, days, _ => true, cancellationToken))
        {
            foreach (Labels labels in metric.Names.SelectMany(name => metric.Labels().Select(labels => labels.With(LabelMatcher.MetricName, name.Name))))
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
    /// <exception cref="PromQLEvaluationException">A metric that a selector means has too many series.</exception>
    public async Task<IReadOnlyCollection<string>> LabelNamesAsync(IReadOnlyList<VectorSelector> selectors, DayRange days, CancellationToken cancellationToken)
    {
        if (selectors.Count == 0)
        {
            return [.. (await labelCatalog.NamesAsync(days, cancellationToken)).Order(StringComparer.Ordinal)];
        }

        var found = new HashSet<string>(StringComparer.Ordinal);
        await foreach (Browsed metric in FindAsync(selectors, days, _ => false, cancellationToken))
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
    /// <exception cref="PromQLEvaluationException">A metric has too many series.</exception>
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
        else if (selectors.Count == 0)
        {
            found.UnionWith(await parts.SeenAsync(translated, days, cancellationToken));
            found.UnionWith(
                await labelCatalog.ValuesAsync(translated, days, cancellationToken) ?? await LabelValuesAsync(label, translated, [Anything], days, _ => false, cancellationToken));
        }
        else
        {
            found.UnionWith(await LabelValuesAsync(label, translated, selectors, days, own => own == translated, cancellationToken));
        }

        found.Remove("");
        return [.. found.Order(StringComparer.Ordinal)];
    }

    private async Task<IReadOnlySet<string>> LabelValuesAsync(
        string label, string translated, IReadOnlyList<VectorSelector> selectors, DayRange days, Func<string, bool> isPartWanted, CancellationToken cancellationToken)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        await foreach (Browsed metric in FindAsync(selectors, days, isPartWanted, cancellationToken))
        {
            found.UnionWith(metric.Parts is not null && metric.OwnLabel == translated
                ? metric.Parts.SelectMany(values => values)
                : metric.Series.Select(labels => LabelMatchers.Value(labels, label, translated)));
        }

        return found;
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
                IReadOnlyList<ExposedName> names = await catalog.FindAsync(matchers, days, cancellationToken);
                bool hasTargets = names.Any(name => name.View == MetricView.Target) && (await targets.SeenAsync(days, cancellationToken)).Count > 0;
                foreach (ExposedName name in names.Where(name => name.View != MetricView.Target || hasTargets))
                {
                    yield return name;
                }

                continue;
            }

            await foreach (Browsed metric in FindAsync([selector], days, _ => false, cancellationToken))
            {
                foreach (ExposedName name in metric.Names)
                {
                    yield return name;
                }
            }
        }
    }

    /// <param name="selectors">What is meant.</param>
    /// <param name="days">On which the series were seen.</param>
    /// <param name="isPartWanted">Whether the values of a label that parts of points have are wanted.</param>
    /// <param name="cancellationToken">Gives up.</param>
    private async IAsyncEnumerable<Browsed> FindAsync(
        IReadOnlyList<VectorSelector> selectors, DayRange days, Func<string, bool> isPartWanted, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (VectorSelector selector in OrAnything(selectors))
        {
            var matchers = new LabelMatchers(selector);

            // The parts of a metric have the same labels, but for those that only a part has.
            ILookup<bool, ExposedName[]> metrics = (await catalog.FindAsync(matchers, days, cancellationToken))
                .GroupBy(name => (name.Metric, name.IsTranslated, name.View.OwnLabel()))
                .Select(names => names.ToArray())
                .ToLookup(names => names[0].View == MetricView.Target);
            foreach (ExposedName[][] some in metrics[false].Chunk(MetricsAtOnce))
            {
                var byFirst = some.ToDictionary(names => names[0]);
                await foreach ((ExposedName name, IReadOnlyList<MetricSeries> series) in index.OfAsync(byFirst.Keys, days, cancellationToken))
                {
                    if (await BrowseAsync(byFirst[name], series, matchers, days, isPartWanted, cancellationToken) is { Series.Count: > 0 } found)
                    {
                        yield return found;
                    }
                }
            }

            foreach (ExposedName[] names in metrics[true])
            {
                Labels[] found = [.. (await targets.SeenAsync(days, cancellationToken)).Select(target => target.Labels).Where(labels => matchers.Match(labels))];
                if (found.Length > 0)
                {
                    yield return new Browsed(names, found, null);
                }
            }
        }
    }

    /// <summary>What a selector means of a metric's series.</summary>
    private async Task<Browsed> BrowseAsync(
        ExposedName[] names, IReadOnlyList<MetricSeries> all, LabelMatchers matchers, DayRange days, Func<string, bool> isPartWanted, CancellationToken cancellationToken)
    {
        string? own = names[0].View.OwnLabel();
        MetricSeries[] matching = [.. all.Where(series => matchers.Match(series.Labels, except: own))];
        if (own is null || matching.Length == 0 || !(isPartWanted(own) || matchers.AreAbout(own)))
        {
            return new Browsed(names, [.. matching.Select(series => series.Labels)], null);
        }

        IReadOnlyList<IReadOnlyList<string>> ofSeries = await parts.OfAsync(names[0], matching, matching.Length == all.Count, days, cancellationToken);
        (Labels Labels, string[] Parts)[] found = [.. matching
            .Select((series, place) => (series.Labels, Parts: ofSeries[place].Where(value => matchers.Match(own, value)).ToArray()))
            .Where(series => series.Parts.Length > 0)];
        return new Browsed(names, [.. found.Select(series => series.Labels)], [.. found.Select(series => series.Parts)]);
    }

    private static IReadOnlyList<VectorSelector> OrAnything(IReadOnlyList<VectorSelector> selectors) => selectors.Count > 0 ? selectors : [Anything];

    /// <param name="Names">By which the series can be asked for.</param>
    /// <param name="Series">Their labels, under the first of the names.</param>
    /// <param name="Parts">For each series the values of the label that tells its parts apart; null where they were not read.</param>
    private sealed record Browsed(IReadOnlyList<ExposedName> Names, IReadOnlyList<Labels> Series, IReadOnlyList<string[]>? Parts)
    {
        public string? OwnLabel => Names[0].View.OwnLabel();

        /// <summary>Of each series, or of each part of one.</summary>
        public IEnumerable<Labels> Labels() => Parts is null ? Series
            : Series.SelectMany((labels, place) => Parts[place].Select(value => labels.With(OwnLabel!, value)));
    }
}
