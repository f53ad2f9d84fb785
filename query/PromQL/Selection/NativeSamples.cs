using Observe.Query.PromQL.Evaluation;
using Observe.Query.PromQL.Histograms;

namespace Observe.Query.PromQL.Selection;

/// <summary>Collects the native histograms of series.</summary>
internal sealed class NativeSamples(IReadOnlyList<MetricSeries> series)
{
    private readonly Samples<FloatHistogram>[] _histograms = [.. series.Select(_ => new Samples<FloatHistogram>())];
    private readonly Samples<double>[] _ends = [.. series.Select(_ => new Samples<double>())];

    /// <param name="place">Of the series.</param>
    /// <param name="time">In nanoseconds since 1970.</param>
    /// <param name="histogram">Null where the point says that there is none: the series ends there.</param>
    public void Add(int place, long time, FloatHistogram? histogram)
    {
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
                _histograms[place].Sort();
                _ends[place].Sort();
                built.Add(new SampledSeries(series[place].Labels, _ends[place], _histograms[place]) { IsDelta = series[place].IsDelta });
            }
        }

        return built;
    }
}
