using System.Buffers.Binary;

namespace Observe.Ingest.Journal;

/// <summary>What stands before each body in the journal.</summary>
/// <remarks>
/// <code>
///  0   4  "OBSF"
///  4   4  CRC-32C of bytes 8 to 63 and of the sender, begun with a number that only this journal has
///  8   8  position of this frame in the journal
/// 16   8  received at, Unix nanoseconds
/// 24  16  digest of the body
/// 40   4  length of the body
/// 44   4  CRC-32C of the body
/// 48   4  records that become rows
/// 52   4  records that are rejected
/// 56   2  length of the sender
/// 58   1  kind, see <see cref="FrameKind"/>
/// 59   1  flags, see <see cref="FrameFlags"/>
/// 60   4  zero
/// 64      the sender's key in UTF-8, then the body
/// </code>
/// A header is known by its checksum and its position together: neither the bytes that senders send nor those of a deleted file pass for one.
/// </remarks>
internal readonly record struct FrameHeader(
    long Position,
    long ReceivedAt,
    UInt128 Digest,
    int BodyLength,
    uint BodyChecksum,
    int Accepted,
    int Rejected,
    int SenderLength,
    FrameKind Kind,
    FrameFlags Flags)
{
    public const int Length = 64;

    /// <summary>Bytes of a sender's key that are kept.</summary>
    public const int MaxSenderLength = 256;

    /// <summary>No request is longer: what says otherwise is no header.</summary>
    public const int MaxBodyLength = 1 << 30;

    public static ReadOnlySpan<byte> Magic => "OBSF"u8;

    public int Records => Accepted + Rejected;

    /// <summary>Whether the frame's records wait for the engine. Those of a kind that is not known do: they leave as quarantined.</summary>
    public bool HoldsRecords => Kind != FrameKind.LedgerNotes;

    /// <summary>Bytes of the frame in the journal.</summary>
    public int FrameLength => Length + SenderLength + BodyLength;

    /// <summary>Where the next frame begins.</summary>
    public long End => Position + FrameLength;

    /// <summary>Writes the header and the sender.</summary>
    /// <param name="destination">At least <see cref="Length"/> and the sender's bytes.</param>
    public void Write(Span<byte> destination, ReadOnlySpan<byte> sender, uint seed)
    {
        Magic.CopyTo(destination);
        BinaryPrimitives.WriteInt64LittleEndian(destination[8..], Position);
        BinaryPrimitives.WriteInt64LittleEndian(destination[16..], ReceivedAt);
        BinaryPrimitives.WriteUInt128LittleEndian(destination[24..], Digest);
        BinaryPrimitives.WriteInt32LittleEndian(destination[40..], BodyLength);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[44..], BodyChecksum);
        BinaryPrimitives.WriteInt32LittleEndian(destination[48..], Accepted);
        BinaryPrimitives.WriteInt32LittleEndian(destination[52..], Rejected);
        BinaryPrimitives.WriteUInt16LittleEndian(destination[56..], (ushort)SenderLength);
        destination[58] = (byte)Kind;
        destination[59] = (byte)Flags;
        BinaryPrimitives.WriteInt32LittleEndian(destination[60..], 0);
        sender.CopyTo(destination[Length..]);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[4..], Crc32C.Compute(destination[8..(Length + sender.Length)], seed));
    }

    /// <summary>Reads the header of the frame at a position.</summary>
    /// <param name="bytes">The file's bytes from the position on.</param>
    public static bool TryRead(ReadOnlySpan<byte> bytes, long position, uint seed, out FrameHeader header)
    {
        header = default;
        if (bytes.Length < Length || !bytes.StartsWith(Magic) || BinaryPrimitives.ReadInt64LittleEndian(bytes[8..]) != position)
        {
            return false;
        }

        int senderLength = BinaryPrimitives.ReadUInt16LittleEndian(bytes[56..]);
        if (senderLength > MaxSenderLength || bytes.Length < Length + senderLength
            || BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]) != Crc32C.Compute(bytes[8..(Length + senderLength)], seed))
        {
            return false;
        }

        header = new(
            position,
            BinaryPrimitives.ReadInt64LittleEndian(bytes[16..]),
            BinaryPrimitives.ReadUInt128LittleEndian(bytes[24..]),
            BinaryPrimitives.ReadInt32LittleEndian(bytes[40..]),
            BinaryPrimitives.ReadUInt32LittleEndian(bytes[44..]),
            BinaryPrimitives.ReadInt32LittleEndian(bytes[48..]),
            BinaryPrimitives.ReadInt32LittleEndian(bytes[52..]),
            senderLength,
            (FrameKind)bytes[58],
            (FrameFlags)bytes[59]);
        return header is { BodyLength: >= 0 and <= MaxBodyLength, Accepted: >= 0, Rejected: >= 0 };
    }
}
