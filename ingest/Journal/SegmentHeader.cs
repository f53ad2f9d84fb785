using System.Buffers.Binary;
using Observe.Ingest.Otlp;

namespace Observe.Ingest.Journal;

/// <summary>The first bytes of a segment file.</summary>
/// <remarks>
/// <code>
///  0   8  "OBSERVEJ"
///  8   4  format version, 1
/// 12   4  signal: 0 logs, 1 metrics, 2 traces
/// 16  16  id of the journal
/// 32   8  position of this byte 0 in the journal; also the file's name
/// 40  20  zero
/// 60   4  CRC-32C of the bytes before
/// </code>
/// Numbers are little-endian. README.md describes the whole format.
/// </remarks>
internal readonly record struct SegmentHeader(OtlpSignal Signal, Guid JournalId, long Position)
{
    public const int Length = 64;

    private const int Version = 1;
    private const int ChecksumOffset = 60;

    private static ReadOnlySpan<byte> Magic => "OBSERVEJ"u8;

    public void Write(Span<byte> destination)
    {
        Span<byte> bytes = destination[..Length];
        bytes.Clear();
        Magic.CopyTo(bytes);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[8..], Version);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[12..], (int)Signal);
        JournalId.TryWriteBytes(bytes[16..]);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[32..], Position);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[ChecksumOffset..], Crc32C.Compute(bytes[..ChecksumOffset]));
    }

    /// <summary>Reads a header; null when the bytes are none.</summary>
    /// <exception cref="JournalException">A newer version of the format.</exception>
    public static SegmentHeader? TryRead(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < Length
            || !bytes.StartsWith(Magic)
            || BinaryPrimitives.ReadUInt32LittleEndian(bytes[ChecksumOffset..]) != Crc32C.Compute(bytes[..ChecksumOffset]))
        {
            return null;
        }

        int version = BinaryPrimitives.ReadInt32LittleEndian(bytes[8..]);
        if (version != Version)
        {
            throw new JournalException(
                $"A segment of the journal has format version {version}; this version of Observe reads version {Version}. " +
                "Start the version that wrote it and let it store what waits, or move the file away.");
        }

        return new(
            (OtlpSignal)BinaryPrimitives.ReadInt32LittleEndian(bytes[12..]),
            new Guid(bytes.Slice(16, 16)),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[32..]));
    }
}
