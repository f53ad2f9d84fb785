namespace Observe.Ingest.Catalog;

/// <summary>The bounds of histograms' buckets. An entry of <see cref="BoundsCache"/>.</summary>
/// <param name="Bytes">The bounds as little-endian doubles, end to end.</param>
/// <param name="Id">The same for the same bounds.</param>
internal sealed record BoundsInfo(byte[] Bytes, ulong Id);
