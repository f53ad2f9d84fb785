using System.Buffers;
using System.Text;
using Observe.Ingest.Memory;
using Observe.Ingest.Wire;
using Observe.Storage.Batches;

namespace Observe.Ingest.Ledger;

/// <summary>The body of a frame of ledger notes, in Protocol Buffers.</summary>
/// <remarks>
/// <code>
/// Notes: repeated Note note = 1
/// Note:  int64 minute = 1; int32 outcome = 2; string reason = 3; string sender = 4; int64 requests = 5; int64 records = 6; int64 bytes = 7
/// </code>
/// The numbers are on disk: they may only be added to.
/// </remarks>
internal static class LedgerNoteFormat
{
    private const string MessageName = "LedgerNotes";

    public static ReadOnlyMemory<byte> Write(IEnumerable<LedgerNote> notes)
    {
        var output = new ArrayBufferWriter<byte>();
        var message = new ByteScratch();
        foreach (LedgerNote note in notes)
        {
            message.Clear();
            message.WriteVarint(1, (ulong)note.Minute);
            message.WriteVarint(2, (ulong)note.Outcome);
            message.WriteString(3, note.Reason);
            message.WriteString(4, note.Sender);
            message.WriteVarint(5, (ulong)note.Requests);
            message.WriteVarint(6, (ulong)note.Records);
            message.WriteVarint(7, (ulong)note.Bytes);
            output.WriteBytes(1, message.Span);
        }

        return output.WrittenMemory;
    }

    /// <exception cref="WireFormatException">The bytes are no notes.</exception>
    public static IReadOnlyList<LedgerNote> Read(ReadOnlySpan<byte> bytes)
    {
        var notes = new List<LedgerNote>();
        foreach (ReadOnlySpan<byte> message in new RepeatedField(bytes, (1 << 3) | WireType.LengthDelimited, MessageName))
        {
            notes.Add(ReadNote(message));
        }

        return notes;
    }

    private static LedgerNote ReadNote(ReadOnlySpan<byte> message)
    {
        var note = new LedgerNote(0, default, "", "", 0, 0, 0);
        var reader = new WireReader(message, MessageName);
        for (uint tag = reader.ReadTag(); tag != 0; tag = reader.ReadTag())
        {
            switch (tag)
            {
                case (1 << 3) | WireType.Varint:
                    note = note with { Minute = (long)reader.ReadVarint() };
                    break;
                case (2 << 3) | WireType.Varint:
                    note = note with { Outcome = (LedgerOutcome)reader.ReadVarint() };
                    break;
                case (3 << 3) | WireType.LengthDelimited:
                    note = note with { Reason = Encoding.UTF8.GetString(reader.ReadBytes()) };
                    break;
                case (4 << 3) | WireType.LengthDelimited:
                    note = note with { Sender = Encoding.UTF8.GetString(reader.ReadBytes()) };
                    break;
                case (5 << 3) | WireType.Varint:
                    note = note with { Requests = (long)reader.ReadVarint() };
                    break;
                case (6 << 3) | WireType.Varint:
                    note = note with { Records = (long)reader.ReadVarint() };
                    break;
                case (7 << 3) | WireType.Varint:
                    note = note with { Bytes = (long)reader.ReadVarint() };
                    break;
                default:
                    reader.Skip(tag);
                    break;
            }
        }

        return note;
    }
}
