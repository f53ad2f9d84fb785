using System.Text.RegularExpressions;
using Observe.Query.PromQL.Evaluation;
using Observe.Query.PromQL.Language;

namespace Observe.Tests.Query.PromQL.Evaluation;

/// <summary>Series in memory.</summary>
internal sealed class MemoryMetricSource(IReadOnlyList<SampledSeries> all) : IMetricSource, IMetricStore
{
    public IMetricSource Open(SelectorTimes times, AnnotationLog log) => this;

    public Task<IReadOnlyList<SampledSeries>> SelectAsync(VectorSelector selector, SampleRange range, SampleMemory memory, CancellationToken cancellationToken)
    {
        IEnumerable<SampledSeries> found = all
            .Where(series => (selector.Name is null || selector.Name == series.Labels.Name) && selector.Matchers.All(matcher => Matches(matcher, series.Labels)))
            .Select(series => new SampledSeries(series.Labels, Within(series.Samples, range), Within(series.Histograms, range)) { IsDelta = series.IsDelta })
            .Where(series => series.Samples.Count + series.Histograms.Count > 0);
        return Task.FromResult<IReadOnlyList<SampledSeries>>([.. found]);
    }

    private static bool Matches(LabelMatcher matcher, Labels labels) => matcher.Operator switch
    {
        MatchOperator.Equal => labels[matcher.Name] == matcher.Value,
        MatchOperator.NotEqual => labels[matcher.Name] != matcher.Value,
        MatchOperator.Matches => Regex.IsMatch(labels[matcher.Name], $"^(?:{matcher.Value})$"),
        _ => !Regex.IsMatch(labels[matcher.Name], $"^(?:{matcher.Value})$"),
    };

    private static Samples<T> Within<T>(Samples<T> samples, SampleRange range)
    {
        var kept = new SamplesBuilder<T>();
        for (int i = 0; i < samples.Count; i++)
        {
            if (samples.Times[i] > range.From && samples.Times[i] <= range.To)
            {
                kept.Add(samples.Times[i], samples.Values[i]);
            }
        }

        return kept.Build();
    }
}
