using Observe.Ingest.Catalog;
using Observe.Ingest.Memory;
using Observe.Ingest.Wire;
using Observe.Storage.Batches;

namespace Observe.Ingest.Otlp.Decoding;

/// <summary>Finds the id of the bounds of each histogram point, and writes the row of bounds where the day has none yet.</summary>
internal sealed class BoundsDecoder(HistogramBoundsBatch batch, SignalCatalog catalog)
{
    private readonly PendingKeys<(ulong Id, ushort Day)> _keys = new(catalog.WrittenBounds);
    private readonly ByteScratch _copy = new();
    private BoundsInfo? _last;
    private ushort _lastDay;

    /// <summary>The id of a point's bounds.</summary>
    /// <param name="bounds">Each the bits of a double.</param>
    /// <param name="timestamp">The point's time, Unix nanoseconds.</param>
    public ulong Note(RepeatedNumber bounds, long timestamp)
    {
        ushort day = UnixTime.Day(timestamp);
        BoundsInfo info = catalog.Bounds.Get(bounds.Bytes(_copy));
        if (!ReferenceEquals(info, _last) || day != _lastDay)
        {
            _last = info;
            _lastDay = day;
            if (_keys.TryAdd((info.Id, day)))
            {
                batch.Day.Append(day);
                batch.BoundsId.Append(info.Id);
                batch.Bounds.Elements.AppendBytes(info.Bytes);
                batch.Bounds.EndRow();
            }
        }

        return info.Id;
    }

    /// <summary>The batch is in the engine.</summary>
    public void Commit() => _keys.Commit();

    public void Clear()
    {
        _keys.Clear();
        _last = null;
    }
}
