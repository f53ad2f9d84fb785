using System.Buffers.Binary;

namespace Observe.Ingest.Journal;

/// <summary>How far the pipeline has come.</summary>
/// <remarks>
/// <code>
///  0   8  "OBSERVEC"
///  8   4  format version: 3 with an isolation's day, 2 without
/// 16   8  number of this state, one more than that of the state before
/// 24  16  id of the journal
/// 40   8  committed: everything before this position is in the engine
/// 48   8  intent: the batch from committed up to here is being inserted; 0 for none
/// 56   4  isolation: the table that is stored in parts, the CRC-32C of its name
/// 64   8  isolation: the table has everything before this position
/// 72   8  isolation: the part from there up to here may have been inserted; 0 when no table is stored in parts
/// 80   4  isolation: one more than the day that the two positions are about, in days since 1970-01-01; 0 for all days
/// 92   4  CRC-32C of the bytes before
/// </code>
/// A state that version 2 can tell is written so, and the version of Observe before this one reads it.
/// A later version keeps the length and the place of the checksum, or a start with this one takes its states for damaged.
/// </remarks>
/// <param name="Number">Grows with each state.</param>
/// <param name="JournalId">Of the journal whose positions these are.</param>
/// <param name="Committed">Everything before it is in the engine.</param>
/// <param name="IntentEnd">Where the batch ends that was begun and not yet known to be in the engine; null for none.</param>
/// <param name="Isolation">The table of that batch that is stored in parts; null for none.</param>
internal readonly record struct Checkpoint(long Number, Guid JournalId, long Committed, long? IntentEnd, TableIsolation? Isolation = null)
{
    public const int Length = 96;

    private const int Version = 3;
    private const int VersionWithoutDays = 2;
    private const int ChecksumOffset = 92;

    /// <summary>Where version 1 had its checksum.</summary>
    private const int FirstChecksumOffset = 60;

    private static ReadOnlySpan<byte> Magic => "OBSERVEC"u8;

    public void Write(Span<byte> destination)
    {
        Span<byte> bytes = destination[..Length];
        bytes.Clear();
        Magic.CopyTo(bytes);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[8..], Isolation?.Day is null ? VersionWithoutDays : Version);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[16..], Number);
        JournalId.TryWriteBytes(bytes[24..]);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[40..], Committed);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[48..], IntentEnd ?? 0);
        if (Isolation is { } isolation)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes[56..], isolation.Table);
            BinaryPrimitives.WriteInt64LittleEndian(bytes[64..], isolation.DoneUpTo);
            BinaryPrimitives.WriteInt64LittleEndian(bytes[72..], isolation.PartEnd);
            BinaryPrimitives.WriteInt32LittleEndian(bytes[80..], isolation.Day + 1 ?? 0);
        }

        BinaryPrimitives.WriteUInt32LittleEndian(bytes[ChecksumOffset..], Crc32C.Compute(bytes[..ChecksumOffset]));
    }

    /// <summary>Reads a checkpoint; null when the bytes are none.</summary>
    /// <exception cref="JournalException">Another version of the format: taking it for damaged would store again what is stored.</exception>
    public static Checkpoint? TryRead(ReadOnlySpan<byte> bytes)
    {
        if (!bytes.StartsWith(Magic) || !(IsWhole(bytes, ChecksumOffset) || IsWhole(bytes, FirstChecksumOffset)))
        {
            return null;
        }

        int version = BinaryPrimitives.ReadInt32LittleEndian(bytes[8..]);
        if (version is not (Version or VersionWithoutDays))
        {
            throw new JournalException(
                $"The checkpoint of the journal has format version {version}; this version of Observe reads versions {VersionWithoutDays} and {Version}. Start the version " +
                "that wrote it, let it store what waits, stop it, and move the journal's directory away.");
        }

        if (!IsWhole(bytes, ChecksumOffset))
        {
            return null;
        }

        long intentEnd = BinaryPrimitives.ReadInt64LittleEndian(bytes[48..]);
        long partEnd = BinaryPrimitives.ReadInt64LittleEndian(bytes[72..]);
        int day = BinaryPrimitives.ReadInt32LittleEndian(bytes[80..]);
        return new(
            BinaryPrimitives.ReadInt64LittleEndian(bytes[16..]),
            new Guid(bytes.Slice(24, 16)),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[40..]),
            intentEnd == 0 ? null : intentEnd,
            partEnd == 0
                ? null
                : new(
                    BinaryPrimitives.ReadUInt32LittleEndian(bytes[56..]),
                    BinaryPrimitives.ReadInt64LittleEndian(bytes[64..]),
                    partEnd,
                    day == 0 ? null : (ushort)(day - 1)));
    }

    private static bool IsWhole(ReadOnlySpan<byte> bytes, int checksumOffset) =>
        bytes.Length >= checksumOffset + sizeof(uint)
        && BinaryPrimitives.ReadUInt32LittleEndian(bytes[checksumOffset..]) == Crc32C.Compute(bytes[..checksumOffset]);
}
