using Observe.Query.Compilation;
using Observe.Query.Execution;
using Observe.Query.PromQL.Evaluation;
using Observe.Query.PromQL.Language;
using Observe.Query.PromQL.Naming;
using Observe.Query.Time;

namespace Observe.Query.PromQL.Selection.Exemplars;

/// <summary>Finds the exemplars of what a query looks at.</summary>
/// <remarks>
/// <code>
/// query ──► selectors ──► names ──► series ──► ExemplarReader: the latest ──► ExemplarBuckets: le ──► by the labels of their series
/// </code>
/// As in Prometheus, the selectors are all that counts of a query: not its functions, not its offsets. Exemplars of a histogram are those of its
/// <c>_bucket</c> and of the whole, not of its <c>_count</c> and <c>_sum</c>.
/// </remarks>
internal sealed class ExemplarFinder(MetricCatalog catalog, SeriesIndex index, ExemplarReader reader, ExemplarBuckets buckets, TimeProvider time)
{
    /// <summary>More than a graph can show.</summary>
    public const int MaxExemplars = 10_000;

    /// <summary>Whose series are read by one statement.</summary>
    private const int MetricsAtOnce = 25;

    /// <summary>Their ids are part of a statement.</summary>
    private const int MaxSeries = 100_000;

    /// <param name="query">PromQL.</param>
    /// <param name="from">In nanoseconds since 1970.</param>
    /// <param name="to">Belongs to the range.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="PromQLException">The query is not understood.</exception>
    /// <exception cref="PromQLEvaluationException">The selectors mean too many series.</exception>
    public async Task<ExemplarAnswer> FindAsync(string query, long from, long to, CancellationToken cancellationToken)
    {
        var range = new TimeRange(PointTimes.Stored(from), PointTimes.Stored(to) + 1);
        using IDisposable question = Question.Begin("prometheus/query_exemplars", time, query, range);
        ILookup<ulong, Wanted> wanted = await WantedAsync(PromQLParser.Parse(query), DayRange.Of(range), cancellationToken);
        if (wanted.Count == 0)
        {
            return new ExemplarAnswer([], IsCut: false);
        }

        string[] metrics = [.. wanted.SelectMany(series => series).Select(one => one.Name.Metric.Name).Distinct()];
        IReadOnlyList<StoredExemplar> stored = await reader.ReadAsync(metrics, wanted.Select(series => series.Key), range, MaxExemplars + 1, cancellationToken);
        IReadOnlyDictionary<StoredExemplar, string> bounds = await buckets.OfAsync(
            metrics, [.. stored.Where(exemplar => wanted[exemplar.Series].Any(one => one.Name.View == MetricView.Bucket))], cancellationToken);
        var found = new Dictionary<Labels, List<Exemplar>>();
        foreach (StoredExemplar exemplar in stored.Take(MaxExemplars).Reverse())
        {
            foreach ((Labels labels, ExposedName name) in Series(exemplar, wanted[exemplar.Series], bounds))
            {
                if (!found.TryGetValue(labels, out List<Exemplar>? itsExemplars))
                {
                    found.Add(labels, itsExemplars = []);
                }

                itsExemplars.Add(new Exemplar(LabelsOf(exemplar, name.IsTranslated), exemplar.Value, exemplar.Time));
            }
        }

        return new ExemplarAnswer([.. found.Select(series => new ExemplarSeries(series.Key, series.Value))], stored.Count > MaxExemplars);
    }

    /// <summary>The series that the selectors mean, by their ids: several names may mean the same one.</summary>
    private async Task<ILookup<ulong, Wanted>> WantedAsync(Expression expression, DayRange days, CancellationToken cancellationToken)
    {
        var wanted = new List<Wanted>();
        foreach (VectorSelector selector in expression.Selectors())
        {
            var matchers = new LabelMatchers(selector);
            ExposedName[] names = [.. (await catalog.FindAsync(matchers, days, cancellationToken)).Where(name => name.View is MetricView.Value or MetricView.Histogram or MetricView.Bucket)];
            foreach (ExposedName[] some in names.Chunk(MetricsAtOnce))
            {
                await foreach ((ExposedName name, IReadOnlyList<MetricSeries> series) in index.OfAsync(some, days, cancellationToken))
                {
                    wanted.AddRange(series.Where(one => matchers.Match(one.Labels, except: name.View.OwnLabel())).Select(one => new Wanted(name, one, matchers)));
                }

                if (wanted.Count > MaxSeries)
                {
                    throw new PromQLEvaluationException($"The selectors mean more than {MaxSeries} series: say more of the labels or of the name.");
                }
            }
        }

        return wanted.ToLookup(one => one.Series.Id);
    }

    /// <summary>The series of an exemplar, each once.</summary>
    private static IEnumerable<(Labels Labels, ExposedName Name)> Series(
        StoredExemplar exemplar, IEnumerable<Wanted> wanted, IReadOnlyDictionary<StoredExemplar, string> bounds) => wanted
        .Select(one => (one, Labels: one.Name.View == MetricView.Bucket ? one.Series.Labels.With(MetricViews.Bound, bounds[exemplar]) : one.Series.Labels))
        .Where(series => series.one.Matchers.Match(series.Labels))
        .Select(series => (series.Labels, series.one.Name))
        .DistinctBy(series => series.Labels);

    private static Labels LabelsOf(StoredExemplar exemplar, bool isTranslated)
    {
        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach ((string name, object? value) in exemplar.Attributes)
        {
            labels[isTranslated ? PrometheusNames.Label(name) : name] = AttributeText.Of(value);
        }

        (labels["trace_id"], labels["span_id"]) = (exemplar.TraceId, exemplar.SpanId);
        return Labels.Of(labels);
    }

    private sealed record Wanted(ExposedName Name, MetricSeries Series, LabelMatchers Matchers);
}
