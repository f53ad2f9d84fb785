using System.Collections.Immutable;

namespace Observe.Query.PromQL.Histograms;

/// <summary>Adds up histograms, whatever their buckets, with every count compensated for rounding: <c>sum</c> and <c>sum_over_time</c>.</summary>
/// <remarks>Buckets are reconciled as by <see cref="HistogramArithmetic"/>. Not for more than one thread.</remarks>
public sealed class HistogramSum
{
    private readonly BucketSums _positive = new();
    private readonly BucketSums _negative = new();
    private KahanSum _count, _sum, _zeroCount;
    private double _zeroThreshold;
    private int _schema;
    private ImmutableArray<double> _bounds = [];
    private CounterResetHint _hint;
    private bool _any, _resetSeen, _noResetSeen;

    /// <summary>The sum so far; null before the first histogram.</summary>
    public FloatHistogram? Value => !_any ? null : new FloatHistogram
    {
        Schema = _schema,
        CounterResetHint = _hint,
        Count = _count.Value,
        Sum = _sum.Value,
        ZeroThreshold = _zeroThreshold,
        ZeroCount = _zeroCount.Value,
        Negative = _negative.ToCounts(),
        Positive = _positive.ToCounts(),
        CustomBounds = _bounds,
    };

    /// <returns>False, and an annotation, when exponential and custom buckets would have to be added: there is no sum of them.</returns>
    public bool Add(FloatHistogram histogram, ref Annotations annotations)
    {
        if (!_any)
        {
            Begin(histogram);
        }
        else if (histogram.UsesCustomBuckets != (_schema == FloatHistogram.CustomBucketsSchema))
        {
            annotations |= Annotations.MixedExponentialCustom;
            return false;
        }

        Note(histogram.CounterResetHint, ref annotations);
        if (histogram.UsesCustomBuckets)
        {
            AlignBounds(ref histogram, ref annotations);
        }
        else
        {
            AlignZeroBuckets(ref histogram);
            AlignSchemas(ref histogram);
        }

        _count += histogram.Count;
        _sum += histogram.Sum;
        _zeroCount += histogram.ZeroCount;
        _positive.Add(histogram.Positive);
        _negative.Add(histogram.Negative);
        return true;
    }

    internal void Multiply(double factor)
    {
        _count *= factor;
        _sum *= factor;
        _zeroCount *= factor;
        _positive.Multiply(factor);
        _negative.Multiply(factor);
    }

    internal void Divide(double divisor)
    {
        _count /= divisor;
        _sum /= divisor;
        _zeroCount /= divisor;
        _positive.Divide(divisor);
        _negative.Divide(divisor);
    }

    private void Begin(FloatHistogram first)
    {
        _any = true;
        _schema = first.Schema;
        _zeroThreshold = first.ZeroThreshold;
        _bounds = first.CustomBounds;
        _hint = first.CounterResetHint;
    }

    private void Note(CounterResetHint hint, ref Annotations annotations)
    {
        _hint = CounterResetHints.Combine(_hint, hint);
        _resetSeen |= hint == CounterResetHint.CounterReset;
        _noResetSeen |= hint == CounterResetHint.NotCounterReset;
        if (_resetSeen && _noResetSeen)
        {
            annotations |= Annotations.CounterResetCollision;
        }
    }

    private void AlignBounds(ref FloatHistogram histogram, ref Annotations annotations)
    {
        if (CustomBounds.Match(_bounds, histogram.CustomBounds))
        {
            return;
        }

        annotations |= Annotations.BoundsReconciledInAggregation;
        ImmutableArray<double> common = CustomBounds.Intersect(_bounds, histogram.CustomBounds);
        _positive.Remap(CustomBounds.Targets(_positive.Indexes, _bounds, common));
        _bounds = common;
        histogram = CustomBounds.Apply(histogram, common);
    }

    private void AlignZeroBuckets(ref FloatHistogram histogram)
    {
        while (_zeroThreshold != histogram.ZeroThreshold)
        {
            histogram = ZeroBucket.Widen(histogram, _zeroThreshold);
            if (_zeroThreshold < histogram.ZeroThreshold)
            {
                (_zeroThreshold, int positive, int negative) = ZeroBucket.Reach(_schema, _positive.Indexes, _negative.Indexes, histogram.ZeroThreshold);
                _zeroCount += _positive.Take(positive) + _negative.Take(negative);
            }
        }
    }

    private void AlignSchemas(ref FloatHistogram histogram)
    {
        int schema = Math.Min(_schema, histogram.Schema);
        _positive.Reduce(_schema - schema);
        _negative.Reduce(_schema - schema);
        _schema = schema;
        histogram = histogram.ReduceTo(schema);
    }
}
