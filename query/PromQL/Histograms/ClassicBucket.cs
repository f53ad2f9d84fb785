namespace Observe.Query.PromQL.Histograms;

/// <summary>A bucket of a classic histogram, as its series has it.</summary>
/// <param name="UpperBound">The value of the label <c>le</c>: inclusive; not NaN.</param>
/// <param name="Count">All observations up to it, those of lower buckets included.</param>
public record struct ClassicBucket(double UpperBound, double Count);
