namespace Observe.Query.PromQL.Histograms;

/// <summary>The mean of histograms: <c>avg</c> and <c>avg_over_time</c>.</summary>
/// <remarks>
/// The sum divided by their number, which is the most exact, for as long as the sum cannot overflow; from then on the mean itself is carried along. Whether
/// it can is told by the largest absolute value of each histogram, so that no sum has to be looked through, or taken back.
/// </remarks>
public sealed class HistogramMean
{
    private readonly HistogramSum _sum = new();
    private double _largest;
    private long _number;
    private bool _incremental;

    /// <summary>The mean so far; null before the first histogram.</summary>
    public FloatHistogram? Value => _incremental ? _sum.Value : _sum.Value?.Divide(_number);

    /// <returns>As of <see cref="HistogramSum.Add"/>.</returns>
    public bool Add(FloatHistogram histogram, ref Annotations annotations)
    {
        _largest += Largest(histogram);
        if (!_incremental && _number > 0 && double.IsInfinity(_largest))
        {
            _incremental = true;
            _sum.Divide(_number);
        }

        _number++;
        if (!_incremental)
        {
            return _sum.Add(histogram, ref annotations);
        }

        _sum.Multiply((_number - 1d) / _number);
        return _sum.Add(histogram.Divide(_number), ref annotations);
    }

    private static double Largest(FloatHistogram histogram)
    {
        // NaN would compare as the largest of all and never overflow.
        double largest = double.MaxNumber(Math.Abs(histogram.Sum), Math.Max(Math.Abs(histogram.Count), Math.Abs(histogram.ZeroCount)));
        foreach (double count in histogram.Positive.Counts)
        {
            largest = double.MaxNumber(largest, Math.Abs(count));
        }

        foreach (double count in histogram.Negative.Counts)
        {
            largest = double.MaxNumber(largest, Math.Abs(count));
        }

        return double.IsNaN(largest) ? 0 : largest;
    }
}
