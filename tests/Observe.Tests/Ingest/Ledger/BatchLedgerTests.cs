using Observe.Ingest.Ledger;
using Observe.Ingest.Otlp;
using Observe.Ingest.Wire;
using Observe.Storage.Batches;
using Observe.Storage.Results;

namespace Observe.Tests.Ingest.Ledger;

public sealed class BatchLedgerTests
{
    private const long Minute = 29_000_000;
    private const long ReceivedAt = Minute * 60_000_000_000;

    [Fact]
    public void Quarantined_CountsAsReceivedToo()
    {
        var ledger = new BatchLedger(FieldSignal.Logs);
        ledger.AddQuarantined(ReceivedAt, "me", 5, 100, "refused");
        ledger.AddQuarantined(ReceivedAt + 59_999_999_999, "me", 2, 10, "refused");
        ledger.Finish();

        Assert.Equal(
            [(Minute * 60, "me", LedgerOutcome.Received, "", 2, 7, 110), (Minute * 60, "me", LedgerOutcome.Quarantined, "refused", 2, 7, 110)],
            Rows(ledger));
    }

    [Fact]
    public void Stored_WithADifferentCount_BooksTheDifferenceAndSaysSo()
    {
        var ledger = new BatchLedger(FieldSignal.Logs);

        Assert.False(ledger.AddStored(ReceivedAt, "me", records: 3, bytes: 100, new ServiceTallies()));
        ledger.Finish();

        Assert.Equal([(Minute * 60, "me", LedgerOutcome.Received, "", 1, 3, 100)], Rows(ledger));
    }

    [Fact]
    public void Clear_ForgetsEverything()
    {
        var ledger = new BatchLedger(FieldSignal.Logs);
        ledger.Add(new LedgerNote(Minute, LedgerOutcome.Resent, "", "me", 1, 2, 3));
        ledger.Finish();
        ledger.Clear();
        ledger.Finish();

        Assert.Equal(0, ledger.Rows.RowCount);
    }

    [Fact]
    public void Notes_CutAnywhere_AreAnErrorOrFewerNotes()
    {
        LedgerNote[] notes = [new(Minute, LedgerOutcome.Refused, "busy", "me", 1, 2, 3), new(Minute, LedgerOutcome.Resent, "", "you", 4, 5, 6)];
        byte[] bytes = LedgerNoteFormat.Write(notes).ToArray();
        int whole = LedgerNoteFormat.Write(notes[..1]).Length;

        for (int length = 0; length < bytes.Length; length++)
        {
            if (length == 0 || length == whole)
            {
                Assert.Equal(notes[..(length / whole)], LedgerNoteFormat.Read(bytes.AsSpan(0, length)));
            }
            else
            {
                Assert.Throws<WireFormatException>(() => LedgerNoteFormat.Read(bytes.AsSpan(0, length)));
            }
        }
    }

    private static IReadOnlyList<(long Time, string Sender, LedgerOutcome Outcome, string Reason, long Requests, long Records, long Bytes)> Rows(BatchLedger ledger)
    {
        ResultBlock block = BatchRows.Read(ledger.Rows);
        return [.. Enumerable.Range(0, block.RowCount).Select(row => (
            block["Minute"].GetInt64(row),
            block["Sender"].GetString(row),
            (LedgerOutcome)block["Outcome"].GetInt64(row),
            block["Reason"].GetString(row),
            block["Requests"].GetInt64(row),
            block["Records"].GetInt64(row),
            block["Bytes"].GetInt64(row)))];
    }
}
