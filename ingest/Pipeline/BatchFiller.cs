using System.Globalization;
using Microsoft.Extensions.Logging;
using Observe.Ingest.Journal;
using Observe.Ingest.Ledger;
using Observe.Ingest.Otlp;
using Observe.Storage.Batches;

namespace Observe.Ingest.Pipeline;

/// <summary>Turns the journal's bytes into a batch's rows, and sets aside what cannot be turned. Used where decoding runs.</summary>
/// <remarks>
/// The same range gives the same rows and the same ledger, however often it is read: that is what makes its token true after a crash.
/// </remarks>
internal sealed class BatchFiller(OtlpSignal signal, SignalJournal journal, ILogger logger)
{
    /// <summary>Reasons in the ledger and in the names of the files of the quarantine; what is stored under a name keeps it.</summary>
    public const string Damaged = "damaged";
    public const string Undecodable = "undecodable";
    public const string Refused = "refused";

    /// <summary>Damaged bytes that are set aside in one file.</summary>
    private const int MaxDamagedBytes = 64 << 20;

    /// <summary>Takes the next item of the journal into the batch.</summary>
    /// <returns>False when everything in the journal was read.</returns>
    /// <exception cref="IOException">What could not be decoded could not be set aside either; nothing was moved on.</exception>
    public bool TryAddNext(JournalCursor cursor, OpenBatch batch)
    {
        if (cursor.Read() is not { } item)
        {
            return false;
        }

        try
        {
            Add(cursor, batch, item);
            return true;
        }
        catch
        {
            cursor.Seek(item.Position);
            throw;
        }
    }

    /// <summary>Reads the batch's range again, without what was set aside meanwhile.</summary>
    public void Refill(OpenBatch batch)
    {
        long end = batch.End;
        batch.Rewind();
        FillUntil(batch, batch.Start, end);
    }

    /// <summary>Reads a range of the journal into a batch.</summary>
    public void FillUntil(OpenBatch batch, long start, long end)
    {
        JournalCursor cursor = journal.Read(start);
        while (batch.End < end && TryAddNext(cursor, batch))
        {
        }
    }

    /// <summary>Notes what the process before set aside of a range that it had begun to store: the engine has the rest without it.</summary>
    /// <remarks>Each is kept once more: the last file may have been cut short by the end of the process.</remarks>
    /// <param name="batch">The empty batch that begins with the range.</param>
    /// <param name="end">Where the range ends.</param>
    /// <exception cref="IOException">A file could not be written.</exception>
    public void SetAsideAgain(OpenBatch batch, long end)
    {
        foreach ((long position, string reason) in journal.Quarantine.Requests())
        {
            if (position < batch.Start || position >= end || reason is not (Refused or Undecodable))
            {
                continue;
            }

            JournalCursor cursor = journal.Read(position);
            if (cursor.Read() is { IsWhole: true, Header: { Kind: FrameKind.Request } header } && header.Position == position)
            {
                journal.Quarantine.SaveRequest(position, reason, cursor.Body(header));
                batch.SetAside[position] = reason;
            }
        }
    }

    /// <summary>Keeps a request that the engine does not take, and notes that the batch must do without it.</summary>
    /// <param name="batch">The batch that is to be without it.</param>
    /// <param name="entry">The request.</param>
    /// <param name="part">The request alone.</param>
    /// <param name="table">The index of the table that does not take it.</param>
    /// <param name="day">The only day whose rows were tried; null for all days.</param>
    /// <param name="reason">What the engine said.</param>
    public void SetAsideRefused(OpenBatch batch, in BatchEntry entry, OpenBatch part, int table, ushort? day, Exception reason)
    {
        JournalCursor cursor = journal.Read(entry.Header.Position);
        cursor.Read();
        string file = journal.Quarantine.SaveRequest(entry.Header.Position, Refused, cursor.Body(entry.Header));
        List<string> stored = [.. part.Tables.Take(table).Where(static other => other.RowCount > 0).Select(static other => other.Table)];
        stored.AddRange(StoredDays(part.Tables[table], day));
        IngestLog.RequestSetAside(
            logger, signal, entry.Header.Records, part.Tables[table].Table, file, stored.Count == 0 ? "nothing" : string.Join(", ", stored), reason);
        batch.SetAside[entry.Header.Position] = Refused;

        // Whoever mends what the engine did not like sends the file again, and must not be told that it is known. So with the others below.
        journal.Forget(entry.Header.Digest);
    }

    /// <summary>What a table has of a request that it does not take for its rows of one day: those of the days before were stored before.</summary>
    private static IEnumerable<string> StoredDays(ColumnBatch rows, ushort? refused)
    {
        if (refused is not { } day || rows.Days() is not [var first, .., var last])
        {
            yield break;
        }

        string date = DateOnly.FromDateTime(DateTime.UnixEpoch).AddDays(day).ToString("O", CultureInfo.InvariantCulture);
        if (first < day)
        {
            yield return $"{rows.Table} before {date}";
        }

        if (last > day)
        {
            yield return $"perhaps {rows.Table} after {date}";
        }
    }

    private void Add(JournalCursor cursor, OpenBatch batch, in SegmentItem item)
    {
        if (item is not { IsWhole: true, Header: { Kind: FrameKind.Request or FrameKind.LedgerNotes } header })
        {
            SetAsideDamaged(cursor, batch, item);
            return;
        }

        string sender = cursor.Sender(header);
        if (header.Kind == FrameKind.LedgerNotes)
        {
            foreach (LedgerNote note in LedgerNoteFormat.Read(cursor.Body(header)))
            {
                batch.Ledger.Add(note);
            }

            batch.Extend(item.End);
        }
        else if (batch.SetAside.TryGetValue(item.Position, out string? reason))
        {
            batch.Ledger.AddQuarantined(header.ReceivedAt, sender, header.Records, header.BodyLength, reason);
            batch.Add(new(header, sender, header.End), 0);
        }
        else
        {
            Decode(cursor, batch, header, sender);
        }
    }

    private void Decode(JournalCursor cursor, OpenBatch batch, in FrameHeader header, string sender)
    {
        batch.Rows.Tallies.Clear();
        try
        {
            batch.Rows.Decode(cursor.Body(header), header.ReceivedAt);
        }
        catch (Exception e)
        {
            // Validation rules this out short of a fault in Observe. Columns are left with different lengths: the rows before are made again,
            // and first of all, because setting the request aside may fail.
            Refill(batch);
            string file = journal.Quarantine.SaveRequest(header.Position, Undecodable, cursor.Body(header));
            IngestLog.DecodeFault(logger, signal, header.Records, file, e);
            batch.SetAside[header.Position] = Undecodable;
            journal.Forget(header.Digest);
            batch.Ledger.AddQuarantined(header.ReceivedAt, sender, header.Records, header.BodyLength, Undecodable);
            batch.Add(new(header, sender, header.End), 0);
            return;
        }

        if (!batch.Ledger.AddStored(header.ReceivedAt, sender, header.Records, header.BodyLength, batch.Rows.Tallies))
        {
            IngestLog.CountsDiffer(logger, signal, header.Position, header.Records);
        }

        batch.Add(new(header, sender, header.End), header.Accepted);
    }

    private void SetAsideDamaged(JournalCursor cursor, OpenBatch batch, in SegmentItem item)
    {
        string file = "";
        for (long at = item.Position; at < item.End; at += MaxDamagedBytes)
        {
            var bytes = new byte[(int)Math.Min(item.End - at, MaxDamagedBytes)];
            cursor.Copy(at, bytes);
            file = journal.Quarantine.SaveBytes(at, Damaged, bytes);
        }

        if (item is { IsWhole: true, Header: { } unknown })
        {
            JournalLog.KindUnknown(logger, item.Length, signal, item.Position, (int)unknown.Kind, file);
        }
        else
        {
            JournalLog.DamageSetAside(logger, item.Length, signal.ToString(), item.Position, file);
        }

        if (item.Header is { HoldsRecords: true } header)
        {
            string sender = cursor.Sender(header);
            batch.Ledger.AddQuarantined(header.ReceivedAt, sender, header.Records, header.BodyLength, Damaged);
            journal.Forget(header.Digest);
            batch.Add(new(header, sender, item.End), 0);
        }

        batch.Extend(item.End);
    }
}
