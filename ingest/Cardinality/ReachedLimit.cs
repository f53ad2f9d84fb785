using System.Text;
using Observe.Ingest.Otlp;
using Observe.Ingest.Otlp.Messages;

namespace Observe.Ingest.Cardinality;

/// <summary>A limit that a metric has reached on a day: what it has still goes in, further series are refused. Thread-safe.</summary>
/// <param name="metric">The metric's name.</param>
/// <param name="key">The attribute whose values are too many, as <see cref="LabelKey"/> has it; null where the metric's series are.</param>
/// <param name="day">Days since 1970-01-01 (UTC).</param>
/// <param name="known">The series, or hashes of the values, that are known. Nothing is added to them any more.</param>
internal sealed class ReachedLimit(string metric, byte[]? key, ushort day, IdSet known)
{
    private static long _count;

    public string Metric => metric;

    /// <summary>Another one for each limit that is reached.</summary>
    public ulong Salt { get; } = unchecked((ulong)Interlocked.Increment(ref _count) * 0x9E37_79B9_7F4A_7C15);

    /// <summary>The attribute; empty where the metric's series are too many.</summary>
    public string Key { get; } = key is null ? "" : Encoding.UTF8.GetString(key);

    public ushort Day => day;

    public bool IsOfKey => key is not null;

    public RejectReason Reason => IsOfKey ? RejectReason.MetricKeyLimit : RejectReason.MetricSeriesLimit;

    /// <summary>Whether receivers know it.</summary>
    public bool IsPublished { get; set; }

    /// <summary>Whether the log has it.</summary>
    public bool IsLogged { get; set; }

    /// <summary>Series or values that are there.</summary>
    public int Count => known.Count;

    /// <summary>Whether this is the limit of an attribute, and the value is none of those that go in.</summary>
    public bool Refuses(ReadOnlySpan<byte> labelKey, in AnyValueMessage value, RecordLimits records) =>
        labelKey.SequenceEqual(key) && IsOfKey && LabelHash.TryOf(value, records, out ulong hash) && !known.Contains(hash);

    /// <summary>Whether a series goes in. For limits that are not <see cref="IsOfKey"/>.</summary>
    public bool Takes(ulong seriesId) => known.Contains(seriesId);
}
