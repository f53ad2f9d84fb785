using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Observe.Storage.Batches;

namespace Observe.Ingest.Otlp.Decoding;

/// <summary>Collects the time that each trace of a batch lies in, so that a trace is found by its id without a search through all days.</summary>
internal sealed class TraceTimes
{
    private readonly Dictionary<UInt128, (long Start, long End)> _times = [];

    /// <summary>The rows, once <see cref="Finish"/> was called.</summary>
    public TraceTimeBatch Rows { get; } = new();

    /// <summary>Notes a span.</summary>
    /// <param name="traceId">16 bytes.</param>
    /// <param name="start">Unix nanoseconds.</param>
    public void Note(ReadOnlySpan<byte> traceId, long start)
    {
        ref (long Start, long End) times =
            ref CollectionsMarshal.GetValueRefOrAddDefault(_times, BinaryPrimitives.ReadUInt128BigEndian(traceId), out bool isKnown);
        times = isKnown ? (Math.Min(times.Start, start), Math.Max(times.End, start)) : (start, start);
    }

    /// <summary>Makes the rows. Call once, before the batch is inserted.</summary>
    public void Finish()
    {
        Span<byte> traceId = stackalloc byte[RecordRules.TraceIdLength];
        foreach ((UInt128 id, (long start, long end)) in _times)
        {
            BinaryPrimitives.WriteUInt128BigEndian(traceId, id);
            Rows.TraceId.Append(traceId);
            Rows.Start.Append(start);
            Rows.End.Append(end);
        }
    }

    public void Clear()
    {
        _times.Clear();
        Rows.Clear();
    }
}
