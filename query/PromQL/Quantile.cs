namespace Observe.Query.PromQL;

/// <summary>The quantile of a few numbers.</summary>
internal static class Quantile
{
    /// <summary>Between the two numbers nearest to the rank; infinite for a level beyond 0 and 1.</summary>
    /// <param name="level">0 to 1.</param>
    /// <param name="numbers">At least one. They are sorted.</param>
    public static double Of(double level, Span<double> numbers)
    {
        if (double.IsNaN(level))
        {
            return double.NaN;
        }

        if (level is < 0 or > 1)
        {
            return level < 0 ? double.NegativeInfinity : double.PositiveInfinity;
        }

        // NaN comes first.
        numbers.Sort();
        double rank = level * (numbers.Length - 1);
        int lower = Math.Max(0, (int)Math.Floor(rank)), upper = Math.Min(numbers.Length - 1, lower + 1);
        double weight = rank - Math.Floor(rank);
        return (numbers[lower] * (1 - weight)) + (numbers[upper] * weight);
    }
}
