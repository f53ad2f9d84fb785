using Observe.Query.PromQL.Histograms;

namespace Observe.Query.PromQL.Evaluation.Aggregations;

/// <summary>The sum or mean of a group's histograms at one time; none once two of them did not go together.</summary>
internal sealed class HistogramTotal(bool isAverage)
{
    private readonly HistogramSum? _sum = isAverage ? null : new HistogramSum();
    private readonly HistogramMean? _mean = isAverage ? new HistogramMean() : null;
    private bool _isBroken;

    public FloatHistogram? Value => _isBroken ? null : _sum?.Value ?? _mean?.Value;

    public void Add(FloatHistogram histogram, ref Annotations annotations) =>
        _isBroken |= !(_sum?.Add(histogram, ref annotations) ?? _mean!.Add(histogram, ref annotations));
}
