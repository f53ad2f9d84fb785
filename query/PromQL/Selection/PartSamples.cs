using Observe.Query.PromQL.Evaluation;
using Observe.Query.PromQL.Histograms;
using Observe.Query.PromQL.Language;

namespace Observe.Query.PromQL.Selection;

/// <summary>Collects the numbers of which each point has several, such as a histogram's buckets: each is a series, told apart by a label.</summary>
/// <param name="series">The stored series.</param>
/// <param name="bound">Of how many there may be.</param>
/// <param name="label">The label: <c>le</c> or <c>quantile</c>.</param>
/// <param name="isWanted">Whether labels match what was asked for.</param>
internal sealed class PartSamples(IReadOnlyList<MetricSeries> series, SampleBound bound, string label, Func<Labels, bool> isWanted)
{
    private readonly Dictionary<(int Place, double Part), (Labels Labels, SamplesBuilder<double>? Samples)> _parts = [];

    /// <exception cref="PromQLEvaluationException">They are too many.</exception>
    public void Add(int place, double part, long time, double value)
    {
        if (!_parts.TryGetValue((place, part), out (Labels Labels, SamplesBuilder<double>? Samples) found))
        {
            Labels labels = series[place].Labels.With(label, NumberText.Print(part));
            found = (labels, isWanted(labels) ? new SamplesBuilder<double>() : null);
            _parts.Add((place, part), found);
        }

        if (found.Samples is not null)
        {
            bound.Add(1);
            found.Samples.Add(time, value);
        }
    }

    public IReadOnlyList<SampledSeries> Build()
    {
        var built = new List<SampledSeries>(_parts.Count);
        foreach (((int place, _), (Labels labels, SamplesBuilder<double>? samples)) in _parts)
        {
            if (samples is not null)
            {
                built.Add(new SampledSeries(labels, samples.Build(), Samples<FloatHistogram>.Empty) { IsDelta = series[place].IsDelta });
            }
        }

        return built;
    }
}
