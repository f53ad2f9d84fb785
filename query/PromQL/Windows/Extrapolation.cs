namespace Observe.Query.PromQL.Windows;

/// <summary>From the increase between the first and the last sample of a window to the increase over all of it.</summary>
/// <remarks>
/// <code>
/// start       first                       last    end
///   |···········x--------x--------x--------x·······|
///   toStart ↔      the sampled interval     toEnd ↔
/// </code>
/// A series whose samples reach to within 1.1 times their mean distance of an end is taken to go on beyond it; one that does not, to begin or end half a
/// distance away from its last sample. A counter cannot have begun below zero.
/// </remarks>
internal static class Extrapolation
{
    /// <summary>What the increase between the samples is multiplied by.</summary>
    /// <param name="samples">How many, at least two.</param>
    /// <param name="zeroAfter">
    /// For a counter, the part of its increase that it had at the first sample already: so many sampled intervals before, it was zero. Infinity for others.
    /// </param>
    public static double Factor(long start, long end, long first, long last, int samples, double zeroAfter)
    {
        double sampled = Seconds.Between(first, last);
        if (sampled == 0)
        {
            return 1;
        }

        double distance = sampled / (samples - 1);
        double threshold = distance * 1.1;
        double toStart = Seconds.Between(start, first);
        double toEnd = Seconds.Between(last, end);
        if (toStart >= threshold)
        {
            toStart = distance / 2;
        }

        double toZero = sampled * zeroAfter;
        if (toZero < toStart)
        {
            toStart = toZero;
        }

        if (toEnd >= threshold)
        {
            toEnd = distance / 2;
        }

        return (sampled + toStart + toEnd) / sampled;
    }

    /// <summary>See <see cref="Factor"/>.</summary>
    public static double ZeroAfter(double first, double increase) => increase > 0 && first >= 0 ? first / increase : double.PositiveInfinity;
}
