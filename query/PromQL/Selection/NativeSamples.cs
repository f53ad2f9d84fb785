using Observe.Query.PromQL.Evaluation;
using Observe.Query.PromQL.Histograms;

namespace Observe.Query.PromQL.Selection;

/// <summary>Collects the native histograms of series.</summary>
/// <param name="series">Those that are wanted, by their places.</param>
/// <param name="bound">Of how many there may be.</param>
internal sealed class NativeSamples(IReadOnlyList<MetricSeries> series, SampleBound bound)
{
    private readonly SamplesBuilder<FloatHistogram>[] _histograms = [.. series.Select(_ => new SamplesBuilder<FloatHistogram>())];
    private readonly SamplesBuilder<double>[] _ends = [.. series.Select(_ => new SamplesBuilder<double>())];

    /// <param name="place">Of the series.</param>
    /// <param name="time">In nanoseconds since 1970.</param>
    /// <param name="histogram">Null where the point says that there is none: the series ends there.</param>
    /// <exception cref="PromQLEvaluationException">They are too many.</exception>
    public void Add(int place, long time, FloatHistogram? histogram)
    {
        bound.Add(histogram?.SizeInSamples ?? 1);
        if (histogram is null)
        {
            _ends[place].Add(time, StaleMarker.Value);
        }
        else
        {
            _histograms[place].Add(time, histogram);
        }
    }

    public IReadOnlyList<SampledSeries> Build()
    {
        var built = new List<SampledSeries>(series.Count);
        for (int place = 0; place < series.Count; place++)
        {
            if (_histograms[place].Count + _ends[place].Count > 0)
            {
                built.Add(new SampledSeries(series[place].Labels, _ends[place].Build(), _histograms[place].Build()) { IsDelta = series[place].IsDelta });
            }
        }

        return built;
    }
}
