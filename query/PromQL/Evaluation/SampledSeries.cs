using Observe.Query.PromQL.Histograms;

namespace Observe.Query.PromQL.Evaluation;

/// <summary>A series with its samples as they were taken, in the order of their times.</summary>
/// <param name="labels">Those of the series.</param>
/// <param name="samples">Its numbers. A value that is <see cref="StaleMarker"/> says that the series ended there.</param>
/// <param name="histograms">Its histograms; of a series of numbers none.</param>
public sealed class SampledSeries(Labels labels, Samples<double> samples, Samples<FloatHistogram> histograms)
{
    public Labels Labels => labels;

    public Samples<double> Samples => samples;

    public Samples<FloatHistogram> Histograms => histograms;

    /// <summary>Whether samples are increments since the one before (OpenTelemetry's delta temporality); otherwise they are totals, or no counter's.</summary>
    public bool IsDelta { get; init; }
}
