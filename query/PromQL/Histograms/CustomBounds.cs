using System.Collections.Immutable;

namespace Observe.Query.PromQL.Histograms;

/// <summary>Custom bounds of two histograms, and what they have in common.</summary>
internal static class CustomBounds
{
    public static bool Match(ImmutableArray<double> left, ImmutableArray<double> right) => left == right || left.AsSpan().SequenceEqual(right.AsSpan());

    /// <summary>The bounds that both have: buckets between them are sums of buckets of either.</summary>
    public static ImmutableArray<double> Intersect(ImmutableArray<double> left, ImmutableArray<double> right)
    {
        ImmutableArray<double>.Builder common = ImmutableArray.CreateBuilder<double>(Math.Min(left.Length, right.Length));
        for (int i = 0, j = 0; i < left.Length && j < right.Length;)
        {
            if (left[i] == right[j])
            {
                common.Add(left[i]);
                i++;
                j++;
            }
            else if (left[i] < right[j])
            {
                i++;
            }
            else
            {
                j++;
            }
        }

        return common.DrainToImmutable();
    }

    /// <summary>For each of some buckets below one set of bounds the bucket that holds it below another.</summary>
    /// <param name="to">Bounds that all are in <paramref name="from"/>.</param>
    public static int[] Targets(ReadOnlySpan<int> indexes, ImmutableArray<double> from, ImmutableArray<double> to)
    {
        var targets = new int[indexes.Length];
        int target = 0;
        for (int i = 0; i < targets.Length; i++)
        {
            double upper = indexes[i] < from.Length ? from[indexes[i]] : double.PositiveInfinity;
            while (target < to.Length && to[target] < upper)
            {
                target++;
            }

            targets[i] = target;
        }

        return targets;
    }

    /// <summary>The histogram with fewer bounds.</summary>
    public static FloatHistogram Apply(FloatHistogram histogram, ImmutableArray<double> bounds) =>
        histogram with { CustomBounds = bounds, Positive = histogram.Positive.Remap(Targets(histogram.Positive.Indexes, histogram.CustomBounds, bounds)) };
}
