using Observe.Storage.Columns;

namespace Observe.Storage.Batches;

/// <summary>The bounds of histograms' buckets, one row for each day on which they were seen.</summary>
public sealed class HistogramBoundsBatch : ColumnBatch
{
    public HistogramBoundsBatch()
    {
        Day = Add("Day", new FixedColumn<ushort>("Date"));
        BoundsId = Add("BoundsId", new FixedColumn<ulong>("UInt64"));
        Bounds = Add("Bounds", new ArrayColumn<FixedColumn<double>>(new FixedColumn<double>("Float64")));
    }

    public override string Table => "histogram_bounds";

    /// <summary>Days since 1970-01-01 (UTC) on which they were seen.</summary>
    public FixedColumn<ushort> Day { get; }

    /// <summary>
    /// The first 8 bytes, little-endian, of the SHA-256 of the bounds' little-endian bytes end to end, which SQL computes too:
    /// <c>reinterpretAsUInt64(substring(SHA256(unhex(arrayStringConcat(arrayMap(b -> hex(b), Bounds)))), 1, 8))</c>.
    /// </summary>
    public FixedColumn<ulong> BoundsId { get; }

    /// <summary>The upper bounds of all buckets but the last, ascending; bucket i holds what is above bound i − 1 and not above bound i.</summary>
    public ArrayColumn<FixedColumn<double>> Bounds { get; }
}
