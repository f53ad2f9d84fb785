namespace Observe.Query.Fields;

/// <summary>Which of the matching records an answer is about: the latest ones, or all.</summary>
/// <param name="Records">How many they are.</param>
/// <param name="From">The time from which on all matching records are among them, in Unix nanoseconds.</param>
/// <param name="To">Where they end: that of the question's range.</param>
/// <param name="IsComplete">Whether these are all.</param>
public sealed record RecordSample(long Records, long From, long To, bool IsComplete);
