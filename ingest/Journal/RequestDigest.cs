using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Observe.Ingest.Journal;

/// <summary>Tells requests apart by their senders and bytes. Used by one thread at a time.</summary>
/// <remarks>
/// AES-GMAC with a key that belongs to the journal: two requests that somebody makes without knowing the key have the same digest
/// with a chance of 2⁻¹⁰⁰ or less. Measured at 7.3 GB/s, SHA-256 at 1.8 GB/s, which would be 0.2 µs of each log record. The nonce may repeat
/// because nothing is encrypted and no digest is ever shown.
/// </remarks>
internal sealed class RequestDigest : IDisposable
{
    private const int TagLength = 16;

    private readonly AesGcm _mac;
    private readonly byte[] _nonce = new byte[AesGcm.NonceByteSizes.MaxSize];
    private readonly byte[] _tag = new byte[TagLength];

    public RequestDigest(Guid journalId) => _mac = new(SHA256.HashData(journalId.ToByteArray()), TagLength);

    /// <summary>
    /// The digest of a request. The sender is part of it: two instances of a program that do not say which they are, and count seconds, send the same
    /// bytes and mean different things.
    /// </summary>
    public UInt128 Compute(ReadOnlySpan<byte> sender, ReadOnlySpan<byte> body) => Mac(sender) ^ UInt128.RotateLeft(Mac(body), 1);

    private UInt128 Mac(ReadOnlySpan<byte> bytes)
    {
        _mac.Encrypt(_nonce.AsSpan(), default, default, _tag, bytes);
        return BinaryPrimitives.ReadUInt128LittleEndian(_tag);
    }

    public void Dispose() => _mac.Dispose();
}
