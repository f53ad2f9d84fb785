using Observe.Query.PromQL.Evaluation;

namespace Observe.Query.PromQL.Selection;

/// <summary>Counts samples while they are read, so that too many are an error before they are too much for the process.</summary>
/// <param name="range">What is read, for the error.</param>
/// <param name="memory">Of the evaluation, which counts those of all its selectors.</param>
internal sealed class SampleBound(PointRange range, SampleMemory memory)
{
    /// <param name="count">So many more; a histogram counts as <see cref="Histograms.FloatHistogram.SizeInSamples"/>.</param>
    /// <exception cref="TooManySamplesException">They are too many.</exception>
    public void Add(int count)
    {
        if (!memory.TryCount(count))
        {
            throw new TooManySamplesException(
                $"More than {SampleMemory.MaxSamples} points, or as much in histograms, are looked at together, of {range.Metric} in {(range.Samples.To - range.Samples.From) / PromQLTime.Second} s and whatever else the query reads: select fewer series, or a shorter range.");
        }
    }
}
