namespace Observe.Tests.RealClients;

/// <summary>One data point with its metric, as a client sent it or as it was read back.</summary>
/// <param name="Type"><c>gauge</c>, <c>sum</c>, <c>histogram</c> or <c>exponential_histogram</c>.</param>
/// <param name="Temporality"><c>unspecified</c>, <c>delta</c> or <c>cumulative</c>.</param>
/// <param name="Start">Unix milliseconds, as points keep their times.</param>
/// <param name="Timestamp">Unix milliseconds.</param>
/// <param name="Value">A long or a double; null for histograms.</param>
/// <param name="Histogram">The figures of a histogram by name (<c>count</c>, <c>sum</c>, <c>counts</c>, …); empty for numbers.</param>
/// <param name="Exemplars">Value, trace id and span id of each exemplar, in order of value.</param>
public sealed record SentMetric(
    string Name,
    string Unit,
    string Description,
    string Type,
    string Temporality,
    bool IsMonotonic,
    long Start,
    long Timestamp,
    object? Value,
    IReadOnlyDictionary<string, object?> Histogram,
    IReadOnlyList<(object Value, string TraceId, string SpanId)> Exemplars,
    IReadOnlyDictionary<string, object?> Attributes,
    SentOrigin Origin);
