using Observe.Query.PromQL.Histograms;

namespace Observe.Query.PromQL.Evaluation.Aggregations;

/// <summary>sum and avg, of numbers or of histograms. Where a group has both at one time it has no result then.</summary>
internal sealed class SumFold(bool isAverage, int count) : GroupFold
{
    private readonly KahanSum[] _sums = new KahanSum[count];
    private readonly int[] _numbers = new int[count];
    private KahanSum?[]? _means;
    private HistogramTotal?[]? _histograms;
    private Annotations _annotations;

    public Annotations Annotations => _annotations;

    public override void Add(Series series)
    {
        double[] values = series.Values;
        for (int step = 0; step < count; step++)
        {
            double value = values[step];
            if (!StaleMarker.Is(value))
            {
                Add(step, value);
            }
        }

        if (series.Histograms is not { } histograms)
        {
            return;
        }

        _histograms ??= new HistogramTotal?[count];
        for (int step = 0; step < count; step++)
        {
            if (histograms[step] is { } histogram)
            {
                (_histograms[step] ??= new HistogramTotal(isAverage)).Add(histogram, ref _annotations);
            }
        }
    }

    public override Series Build(Labels labels)
    {
        double[] values = GridValues.None(count);
        FloatHistogram?[]? histograms = _histograms is null ? null : new FloatHistogram?[count];
        for (int step = 0; step < count; step++)
        {
            if (_numbers[step] > 0 && _histograms?[step] is not null)
            {
                _annotations |= Annotations.MixedFloatsHistograms;
            }
            else if (_numbers[step] > 0)
            {
                values[step] = isAverage ? Average(step) : _sums[step].Value;
            }
            else if (_histograms?[step] is { } total)
            {
                histograms![step] = total.Value;
            }
        }

        return new Series(labels, values, histograms);
    }

    private void Add(int step, double value)
    {
        int number = ++_numbers[step];
        if (_means?[step] is { } mean)
        {
            _means[step] = Move(mean, value, number);
            return;
        }

        KahanSum sum = number == 1 ? new KahanSum(value, 0) : _sums[step] + value;
        if (isAverage && number > 1 && double.IsInfinity(sum.Value) && !double.IsInfinity(_sums[step].Value) && !double.IsInfinity(value))
        {
            // The numbers' average is one of them or between them, also where their sum is larger than any number.
            _means ??= new KahanSum?[count];
            _means[step] = Move(_sums[step] / (number - 1), value, number);
            return;
        }

        _sums[step] = sum;
    }

    /// <summary>The average of numbers of which another is known.</summary>
    private static KahanSum Move(KahanSum mean, double value, int number) => (mean * ((number - 1.0) / number)) + (value / number);

    private double Average(int step) => (_means?[step] ?? (_sums[step] / _numbers[step])).Value;
}
