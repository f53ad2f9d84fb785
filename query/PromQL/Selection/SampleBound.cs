using Observe.Query.PromQL.Evaluation;

namespace Observe.Query.PromQL.Selection;

/// <summary>Counts samples while they are read, so that too many are an error before they are too much for the process.</summary>
/// <param name="range">What is read, for the error.</param>
internal sealed class SampleBound(PointRange range)
{
    /// <summary>Samples that are in memory at once, 800 MB: Prometheus's own limit.</summary>
    private const long Max = 50_000_000;

    private long _count;

    /// <param name="count">So many more; a histogram counts as <see cref="Histograms.FloatHistogram.SizeInSamples"/>.</param>
    /// <exception cref="PromQLEvaluationException">They are too many.</exception>
    public void Add(int count)
    {
        _count += count;
        if (_count > Max)
        {
            throw new PromQLEvaluationException(
                $"{range.Metric} has more than {Max} points, or as much in histograms, in the {(range.Samples.To - range.Samples.From) / PromQLTime.Second} s that are looked at together: select fewer series, or a shorter range.");
        }
    }
}
