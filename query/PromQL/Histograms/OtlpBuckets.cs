namespace Observe.Query.PromQL.Histograms;

/// <summary>One side of an exponential data point.</summary>
/// <param name="offset">The index of the first count: bucket i holds (base^i, base^(i+1)].</param>
/// <param name="counts">Of buckets that follow each other.</param>
public readonly ref struct OtlpBuckets(int offset, ReadOnlySpan<ulong> counts)
{
    public int Offset { get; } = offset;

    public ReadOnlySpan<ulong> Counts { get; } = counts;
}
