using System.Collections.Concurrent;
using Observe.Query.Cardinality;
using Observe.Query.PromQL.Evaluation;
using Observe.Query.PromQL.Language;
using Observe.Query.Time;

namespace Observe.Query.PromQL.Selection;

/// <summary>Warns in one query where samples are read of a metric of which points were refused at that time, because it had reached a limit.</summary>
/// <param name="refusals">Are asked once about a stretch of time, however many selectors look at it.</param>
/// <param name="log">Takes the warnings.</param>
internal sealed class RefusalWarnings(MetricRefusals refusals, AnnotationLog log)
{
    private readonly ConcurrentDictionary<TimeRange, Lazy<Task<IReadOnlyList<MetricRefusal>>>> _asked = new();

    /// <param name="selector">What is asked.</param>
    /// <param name="names">What it means.</param>
    /// <param name="range">All samples that it needs.</param>
    /// <param name="cancellationToken">Of the query.</param>
    public async Task WarnAsync(VectorSelector selector, IReadOnlyList<ExposedName> names, SampleRange range, CancellationToken cancellationToken)
    {
        if (names.Count == 0)
        {
            return;
        }

        var time = new TimeRange(range.From, range.To + 1);
        IReadOnlyList<MetricRefusal> all = await _asked
            .GetOrAdd(time, _ => new Lazy<Task<IReadOnlyList<MetricRefusal>>>(() => refusals.InAsync(time, metrics: null, cancellationToken))).Value;
        if (all.Count == 0)
        {
            return;
        }

        HashSet<string> metrics = [.. names.Select(name => name.Metric.Name)];
        foreach (MetricRefusal refusal in all.Where(refusal => metrics.Contains(refusal.Metric)))
        {
            string limit = refusal.Key.Length > 0 ? $"its limit of values of \"{refusal.Key}\"" : "its limit of series";
            log.Warn($"new series of \"{refusal.Metric}\" are missing, because it had reached {limit} (see /api/v1/metrics/cardinality)", selector);
        }
    }
}
