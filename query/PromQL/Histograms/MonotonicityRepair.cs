namespace Observe.Query.PromQL.Histograms;

/// <summary>What had to be changed of the cumulative counts of a classic histogram, in the terms in which Prometheus reports it.</summary>
/// <param name="MinBound">The lowest upper bound of a bucket with fewer observations than the one below it.</param>
/// <param name="MaxBound">The highest one.</param>
/// <param name="MaxDifference">How many observations were missing at most.</param>
public readonly record struct MonotonicityRepair(double MinBound, double MaxBound, double MaxDifference)
{
    public static readonly MonotonicityRepair None = new(double.PositiveInfinity, double.NegativeInfinity, 0);

    public bool WasNeeded => MaxBound >= MinBound;

    /// <summary>Two of them, as of two steps.</summary>
    public MonotonicityRepair And(MonotonicityRepair other) =>
        new(Math.Min(MinBound, other.MinBound), Math.Max(MaxBound, other.MaxBound), Math.Max(MaxDifference, other.MaxDifference));
}
