namespace Observe.Query.PromQL.Histograms;

/// <summary>
/// The buckets of exponential schemas. In schema s bucket i holds (2^((i-1)·2^-s), 2^(i·2^-s)], so that 1 is a bound in each, and two neighbours of schema
/// s+1 make one bucket of schema s. See https://prometheus.io/docs/specs/native_histograms/#schema.
/// </summary>
internal static class ExponentialBuckets
{
    /// <summary>The coarsest schema: each bound is 65,536 times the one before.</summary>
    public const int MinSchema = -4;

    /// <summary>The finest schema: 256 buckets between two powers of two.</summary>
    public const int MaxSchema = 8;

    /// <summary>2^(i/256), correctly rounded by the platform's pow; the schemas below <see cref="MaxSchema"/> take every second, fourth, … of them.</summary>
    private static readonly double[] Fractions = [.. Enumerable.Range(0, 1 << MaxSchema).Select(i => Math.Pow(2, i / 256d))];

    /// <summary>The bucket that a bucket falls into when the schema is lowered.</summary>
    /// <param name="by">By how much the schema is lowered, 0 or more.</param>
    public static int Reduce(int index, int by) => ((index - 1) >> by) + 1;

    /// <summary>The upper bound of a bucket of positive numbers; the lower bound is the upper one of the bucket before.</summary>
    public static double Upper(int schema, int index)
    {
        long exponent = schema < 0 ? (long)index << -schema : index >> schema;
        double fraction = schema < 0 ? 1 : Fractions[(index & ((1 << schema) - 1)) << (MaxSchema - schema)];

        // The next bound is not a double. The last bucket of finite numbers ends with the largest of them, and the one behind it holds infinity.
        if (exponent == 1024 && fraction == 1)
        {
            return double.MaxValue;
        }

        return Math.ScaleB(fraction, (int)Math.Clamp(exponent, -2000, 2000));
    }

    /// <summary>Whether a bucket holds a double at all: from the smallest one up to infinity.</summary>
    public static bool HoldsNumbers(int schema, long index)
    {
        long first = schema < 0 ? -1075 >> -schema : -1075L << schema;
        long last = schema < 0 ? 1024 >> -schema : 1024L << schema;
        return index >= first && index <= last + 1;
    }
}
