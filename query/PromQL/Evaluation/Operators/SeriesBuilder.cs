using Observe.Query.PromQL.Histograms;

namespace Observe.Query.PromQL.Evaluation.Operators;

/// <summary>A series in the making, time by time.</summary>
internal sealed class SeriesBuilder(Labels labels, int count)
{
    private readonly double[] _values = GridValues.None(count);
    private FloatHistogram?[]? _histograms;

    public Labels Labels => labels;

    public bool Has(int step) => !StaleMarker.Is(_values[step]) || _histograms?[step] is not null;

    public void Set(int step, Element element)
    {
        _values[step] = element.Number;
        if (element.Histogram is not null)
        {
            (_histograms ??= new FloatHistogram?[count])[step] = element.Histogram;
        }
    }

    public Series Build() => new(labels, _values, _histograms);
}
