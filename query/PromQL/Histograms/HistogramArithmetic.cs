using System.Collections.Immutable;

namespace Observe.Query.PromQL.Histograms;

/// <summary>Adds and subtracts two histograms, whatever their buckets.</summary>
/// <remarks>
/// Both are first brought to buckets that either can be given: the wider zero bucket, the lower schema, the common custom bounds. Exponential and custom
/// buckets have nothing in common.
/// </remarks>
public static class HistogramArithmetic
{
    /// <returns>Null when one has exponential buckets and the other custom ones, which is annotated.</returns>
    public static FloatHistogram? Add(FloatHistogram left, FloatHistogram right, ref Annotations annotations) =>
        Combine(left, right, 1, CounterResetHints.Combine(left.CounterResetHint, right.CounterResetHint), Annotations.BoundsReconciledInAddition, ref annotations);

    /// <returns>A gauge, for it may fall; null as from <see cref="Add"/>.</returns>
    public static FloatHistogram? Subtract(FloatHistogram left, FloatHistogram right, ref Annotations annotations) =>
        Combine(left, right, -1, CounterResetHint.Gauge, Annotations.BoundsReconciledInSubtraction, ref annotations);

    /// <summary>Brings two histograms to the same buckets.</summary>
    /// <returns>False when they had different custom bounds.</returns>
    internal static bool Align(ref FloatHistogram left, ref FloatHistogram right)
    {
        if (left.UsesCustomBuckets)
        {
            if (CustomBounds.Match(left.CustomBounds, right.CustomBounds))
            {
                return true;
            }

            ImmutableArray<double> common = CustomBounds.Intersect(left.CustomBounds, right.CustomBounds);
            left = CustomBounds.Apply(left, common);
            right = CustomBounds.Apply(right, common);
            return false;
        }

        while (left.ZeroThreshold != right.ZeroThreshold)
        {
            left = ZeroBucket.Widen(left, right.ZeroThreshold);
            right = ZeroBucket.Widen(right, left.ZeroThreshold);
        }

        int schema = Math.Min(left.Schema, right.Schema);
        left = left.ReduceTo(schema);
        right = right.ReduceTo(schema);
        return true;
    }

    private static FloatHistogram? Combine(
        FloatHistogram left, FloatHistogram right, double sign, CounterResetHint hint, Annotations whenReconciled, ref Annotations annotations)
    {
        if (left.UsesCustomBuckets != right.UsesCustomBuckets)
        {
            annotations |= Annotations.MixedExponentialCustom;
            return null;
        }

        if (CounterResetHints.Collide(left.CounterResetHint, right.CounterResetHint))
        {
            annotations |= Annotations.CounterResetCollision;
        }

        if (!Align(ref left, ref right))
        {
            annotations |= whenReconciled;
        }

        return left with
        {
            CounterResetHint = hint,
            Count = left.Count + (sign * right.Count),
            Sum = left.Sum + (sign * right.Sum),
            ZeroCount = left.ZeroCount + (sign * right.ZeroCount),
            Negative = left.Negative.Add(right.Negative, sign),
            Positive = left.Positive.Add(right.Positive, sign),
        };
    }
}
