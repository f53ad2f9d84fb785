namespace Observe.Query.PromQL.Evaluation;

/// <summary>Which samples are wanted.</summary>
/// <param name="From">Those after this time, in nanoseconds since 1970.</param>
/// <param name="To">Those not after this time.</param>
/// <param name="IsLatestOnly">Whether the last of each series is enough.</param>
public readonly record struct SampleRange(long From, long To, bool IsLatestOnly = false);
