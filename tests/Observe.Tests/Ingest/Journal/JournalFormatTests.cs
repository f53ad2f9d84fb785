using System.Text;
using Observe.Ingest;
using Observe.Ingest.Journal;
using Observe.Ingest.Ledger;
using Observe.Ingest.Otlp;
using Observe.Ingest.Pipeline;
using Observe.Storage.Batches;

namespace Observe.Tests.Ingest.Journal;

/// <summary>
/// What stands on disk after an upgrade. These values may only be added to: a change here means a new format version, a way to read the
/// old one, and a change to README.md of the journal.
/// </summary>
public sealed class JournalFormatTests
{
    private static readonly Guid Id = new("00112233-4455-6677-8899-aabbccddeeff");

    [Fact]
    public void Numbers_AreAsTheyWere()
    {
        Assert.Equal(["Request=1", "LedgerNotes=2"], Values<FrameKind>());
        Assert.Equal(["None=0", "Recognisable=1"], Values<FrameFlags>());
        Assert.Equal(["Logs=0", "Metrics=1", "Traces=2"], Values<OtlpSignal>());
        Assert.Equal(
            ["Received=1", "Stored=2", "Rejected=3", "Truncated=4", "Resent=5", "Quarantined=6", "Refused=7"], Values<LedgerOutcome>());
    }

    [Fact]
    public void NamesInTheLedger_AreAsTheyWere()
    {
        Assert.Equal(
            [
                "malformed", "too_large", "unsupported_media_type", "unsupported_encoding", "missing_encoding", "not_found", "method_not_allowed",
                "busy", "rate_limited", "too_many_connections", "too_slow", "unavailable", "journal_full", "deadline_exceeded", "internal",
            ],
            Enum.GetValues<IngestError>().Select(LedgerNoteWriter.NameOf));
        Assert.Equal(
            ["span_trace_id", "span_span_id", "histogram_buckets", "metric_series_limit", "metric_key_limit", "number_value", "histogram_bounds"],
            Enum.GetValues<RejectReason>().Where(reason => reason != RejectReason.None).Select(RecordRules.NameOf));
        Assert.Equal(["damaged", "undecodable", "refused"], [BatchFiller.Damaged, BatchFiller.Undecodable, BatchFiller.Refused]);
    }

    [Fact]
    public void SegmentHeader_IsAsItWas()
    {
        var bytes = new byte[SegmentHeader.Length];
        new SegmentHeader(OtlpSignal.Traces, Id, 0x0102030405).Write(bytes);

        Assert.Equal(
            "4F4253455256454A" + "01000000" + "02000000" + "33221100554477668899AABBCCDDEEFF" + "0504030201000000" + new string('0', 40) + "C5B010AA",
            Convert.ToHexString(bytes));
        Assert.Equal(new SegmentHeader(OtlpSignal.Traces, Id, 0x0102030405), SegmentHeader.TryRead(bytes));
    }

    [Fact]
    public void FrameHeader_IsAsItWas()
    {
        var header = new FrameHeader(64, 1_700_000_000_000_000_000, UInt128.One << 100, 3, 0xAABBCCDD, 2, 1, 2, FrameKind.Request, FrameFlags.Recognisable);
        var bytes = new byte[FrameHeader.Length + 2];
        header.Write(bytes, "me"u8, SegmentReader.SeedOf(Id));

        Assert.Equal(
            "4F425346" + "18314E72" + "4000000000000000" + "00002A36FE9C9717" + "00000000000000000000000010000000" + "03000000" + "DDCCBBAA"
            + "02000000" + "01000000" + "0200" + "01" + "01" + "00000000" + "6D65",
            Convert.ToHexString(bytes));
        Assert.True(FrameHeader.TryRead(bytes, 64, SegmentReader.SeedOf(Id), out FrameHeader read));
        Assert.Equal(header, read);
        Assert.False(FrameHeader.TryRead(bytes, 65, SegmentReader.SeedOf(Id), out _));
        Assert.False(FrameHeader.TryRead(bytes, 64, SegmentReader.SeedOf(Guid.Empty), out _));
    }

    [Fact]
    public void Checkpoint_IsAsItWas()
    {
        var checkpoint = new Checkpoint(7, Id, 1000, 2000, new(TableIsolation.KeyOf("logs"), 1200, 1300));
        var bytes = new byte[Checkpoint.Length];
        checkpoint.Write(bytes);

        Assert.Equal(
            "4F42534552564543" + "02000000" + "00000000" + "0700000000000000" + "33221100554477668899AABBCCDDEEFF" + "E803000000000000" + "D007000000000000"
            + "65383B4B" + "00000000" + "B004000000000000" + "1405000000000000" + new string('0', 24) + "75C51D18",
            Convert.ToHexString(bytes));
        Assert.Equal(checkpoint, Checkpoint.TryRead(bytes));
    }

    [Fact]
    public void CheckpointWithADay_IsAsItWas()
    {
        var checkpoint = new Checkpoint(7, Id, 1000, 2000, new(TableIsolation.KeyOf("logs"), 1200, 1300, 17_878));
        var bytes = new byte[Checkpoint.Length];
        checkpoint.Write(bytes);

        Assert.Equal(
            "4F42534552564543" + "03000000" + "00000000" + "0700000000000000" + "33221100554477668899AABBCCDDEEFF" + "E803000000000000" + "D007000000000000"
            + "65383B4B" + "00000000" + "B004000000000000" + "1405000000000000" + "D7450000" + new string('0', 16) + "130D0A94",
            Convert.ToHexString(bytes));
        Assert.Equal(checkpoint, Checkpoint.TryRead(bytes));
    }

    [Fact]
    public void RememberedRequests_AreAsTheyWere()
    {
        using var journal = new JournalFixture();
        Directory.CreateDirectory(journal.Directory);
        string path = Path.Combine(journal.Directory, "00000000000000000000.seen");
        KnownRequest[] requests = [new(UInt128.One << 64, 5, 64)];
        RememberedRequests.Write(journal.Files, path, requests);

        Assert.Equal(
            "4F42534552564544" + "01000000" + "039ED61E" + "00000000000000000100000000000000" + "0500000000000000" + "4000000000000000",
            Convert.ToHexString(File.ReadAllBytes(path)));
        Assert.Equal(requests, RememberedRequests.Read(journal.Files, path));
    }

    [Fact]
    public void LedgerNotes_AreAsTheyWere()
    {
        LedgerNote[] notes = [new(29_000_000, LedgerOutcome.Refused, "journal_full", "me", 3, 4, 500), new(1, LedgerOutcome.Resent, "", "", 1, 0, 0)];
        byte[] bytes = LedgerNoteFormat.Write(notes).ToArray();

        Assert.Equal(notes, LedgerNoteFormat.Read(bytes));
        Assert.Equal(
            "0A20" + "08C082EA0D" + "1007" + "1A0C6A6F75726E616C5F66756C6C" + "22026D65" + "2803" + "3004" + "38F403"
            + "0A0E" + "0801" + "1005" + "1A00" + "2200" + "2801" + "3000" + "3800",
            Convert.ToHexString(bytes));
    }

    [Fact]
    public void Checksum_IsThatOfTheStandard() =>
        Assert.Equal(0xE3069283u, Crc32C.Compute(Encoding.ASCII.GetBytes("123456789")));

    [Fact]
    public void Names_OfFiles_AreAsTheyWere()
    {
        Assert.Equal(Path.Combine("d", "00000000000000000042.journal"), Segment.PathOf("d", 42));
        Assert.Equal(".seen", RememberedRequests.Suffix);
        Assert.Equal("quarantine", Quarantine.DirectoryName);
    }

    private static IEnumerable<string> Values<T>()
        where T : struct, Enum => Enum.GetValues<T>().Select(value => $"{value}={Convert.ToInt64(value, null)}");
}
