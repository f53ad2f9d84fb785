namespace Observe.Ingest.Catalog;

/// <summary>Knows the bounds of histograms by their bytes, so that each is hashed once and not once a point.</summary>
internal sealed class BoundsCache
{
    private const int MaxEntries = 10_000;
    private const long MaxBytes = 8 << 20;

    private readonly ByteKeyedCache<BoundsInfo> _known = new(MaxEntries, MaxBytes);
    private BoundsInfo _last = Describe([]);

    /// <param name="bounds">Little-endian doubles, end to end.</param>
    public BoundsInfo Get(ReadOnlySpan<byte> bounds)
    {
        // Most programs have the same bounds for all their histograms.
        if (bounds.SequenceEqual(_last.Bytes))
        {
            return _last;
        }

        if (!_known.TryGet(bounds, out BoundsInfo? info))
        {
            info = Describe(bounds.ToArray());
            _known.Add(bounds, info);
        }

        return _last = info;
    }

    private static BoundsInfo Describe(byte[] bounds) => new(bounds, CanonicalForm.Id(bounds));
}
