using System.Buffers.Binary;

namespace Observe.Ingest.Journal;

/// <summary>How far the pipeline has come.</summary>
/// <remarks>
/// <code>
///  0   8  "OBSERVEC"
///  8   4  format version, 1
/// 16   8  number of this state, one more than that of the state before
/// 24  16  id of the journal
/// 40   8  committed: everything before this position is in the engine
/// 48   8  intent: the batch from committed up to here is being inserted; 0 for none
/// 60   4  CRC-32C of the bytes before
/// </code>
/// </remarks>
/// <param name="Number">Grows with each state.</param>
/// <param name="JournalId">Of the journal whose positions these are.</param>
/// <param name="Committed">Everything before it is in the engine.</param>
/// <param name="IntentEnd">Where the batch ends that was begun and not yet known to be in the engine; null for none.</param>
internal readonly record struct Checkpoint(long Number, Guid JournalId, long Committed, long? IntentEnd)
{
    public const int Length = 64;

    private const int Version = 1;
    private const int ChecksumOffset = 60;

    private static ReadOnlySpan<byte> Magic => "OBSERVEC"u8;

    public void Write(Span<byte> destination)
    {
        Span<byte> bytes = destination[..Length];
        bytes.Clear();
        Magic.CopyTo(bytes);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[8..], Version);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[16..], Number);
        JournalId.TryWriteBytes(bytes[24..]);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[40..], Committed);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[48..], IntentEnd ?? 0);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[ChecksumOffset..], Crc32C.Compute(bytes[..ChecksumOffset]));
    }

    /// <summary>Reads a checkpoint; null when the bytes are none.</summary>
    /// <exception cref="JournalException">A newer version of the format: taking it for damaged would store again what is stored.</exception>
    public static Checkpoint? TryRead(ReadOnlySpan<byte> bytes)
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
                $"The checkpoint of the journal has format version {version}; this version of Observe reads version {Version}. Start the version " +
                "that wrote it and let it store what waits.");
        }

        long intentEnd = BinaryPrimitives.ReadInt64LittleEndian(bytes[48..]);
        return new(
            BinaryPrimitives.ReadInt64LittleEndian(bytes[16..]),
            new Guid(bytes.Slice(24, 16)),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[40..]),
            intentEnd == 0 ? null : intentEnd);
    }
}
