namespace Observe.Query.Search;

/// <summary>Counts over time, for the bars above a list. Every bin of the range is there, empty ones too.</summary>
/// <param name="BinNs">Width of a bin, in nanoseconds.</param>
/// <param name="Starts">Start of each bin, in Unix nanoseconds.</param>
/// <param name="Series">One for each severity (logs) or status (spans) that occurs, from harmless to severe.</param>
/// <param name="Total">All matching records.</param>
public sealed record Histogram(
    SearchSignal Signal, long BinNs, IReadOnlyList<long> Starts, IReadOnlyList<HistogramSeries> Series, long Total, IReadOnlyList<string> Notices);
