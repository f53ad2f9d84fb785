using System.Globalization;
using Observe.Query.Compilation;
using Observe.Query.Time;

namespace Observe.Query.Services;

/// <summary>Which spans of a range a join of spans with spans may look at, so that it costs the same however many there are.</summary>
/// <remarks>
/// <code>
/// up to MaxSpans           all of them
/// long range               some of its five minutes, one of each group of so many, each at a place of its own in its group: what
///                          happens every hour on the hour is neither always nor never in the sample. Only these are read.
/// short range, many spans  whole traces, by the hash of their id: all ids are read, the rest is not.
/// </code>
/// </remarks>
internal sealed class SpanSample
{
    /// <summary>Joined in about 1.7 s of CPU and 250 MB.</summary>
    public const long MaxSpans = 4_000_000;

    /// <summary>With fewer stretches than this a sample would hang on what happened in one of them.</summary>
    private const int FewestStretches = 6;

    /// <summary>The first column of the key of the table of spans.</summary>
    private const long StretchNs = 300_000_000_000;

    private readonly ulong[] _stretches = [];
    private readonly long _oneTraceIn = 1;

    private SpanSample(string way, ulong[] stretches, long oneTraceIn) => (Way, _stretches, _oneTraceIn) = (way, stretches, oneTraceIn);

    /// <summary>How the spans are chosen, in words; null when all are looked at.</summary>
    public string? Way { get; }

    /// <param name="spans">How many the range has.</param>
    public static SpanSample Of(TimeRange range, long spans, long maxSpans = MaxSpans)
    {
        if (spans <= maxSpans)
        {
            return new SpanSample(null!, [], 1);
        }

        long oneIn = (spans + maxSpans - 1) / maxSpans;
        long first = Floor(range.From);
        long count = ((range.To - 1 - first) / StretchNs) + 1;
        long groups = count / oneIn;
        return groups < FewestStretches
            ? new SpanSample(string.Create(CultureInfo.InvariantCulture, $"one trace in {oneIn}, by the hash of its id"), [], oneIn)
            : new SpanSample(
                string.Create(CultureInfo.InvariantCulture, $"{groups} of {count} stretches of five minutes, spread over the range"),
                [.. Enumerable.Range(0, (int)groups).Select(group => (ulong)((first + (Place(group, oneIn) * StretchNs)) / 1_000_000_000))],
                1);
    }

    /// <summary>A further condition on spans, beginning with <c>AND</c>; empty when all are looked at.</summary>
    public string Condition(ParameterBag parameters) =>
        _stretches.Length > 0
            ? $" AND toStartOfFiveMinutes(Timestamp) IN (SELECT toDateTime(arrayJoin({parameters.Add(_stretches)}), 'UTC'))"
        : _oneTraceIn > 1 ? $" AND cityHash64(TraceId) % {parameters.Add((ulong)_oneTraceIn)} = 0"
        : "";

    /// <summary>The place among all stretches of the one that stands for a group: the same at each call, in no order that anything else keeps.</summary>
    private static long Place(int group, long oneIn) => (group * oneIn) + (long)((((ulong)group + 1) * 0x9E3779B97F4A7C15 >> 32) % (ulong)oneIn);

    private static long Floor(long time) => time - (((time % StretchNs) + StretchNs) % StretchNs);
}
