using Observe.Ingest.Journal;

namespace Observe.Tests.Ingest.Journal;

public sealed class QuarantineTests : IDisposable
{
    private static readonly Guid Id = new("6f1d3a52-6d0e-4f0b-9a40-1c6d2f7f5b11");

    private readonly JournalFixture _journal = new();

    public void Dispose() => _journal.Dispose();

    [Fact]
    public void Names_AreAsTheyWere()
    {
        Quarantine quarantine = Of(Id);

        Assert.Equal(
            [
                "6f1d3a526d0e4f0b9a401c6d2f7f5b11-00000000000000012345.refused.otlp",
                "6f1d3a526d0e4f0b9a401c6d2f7f5b11-00000000000000000064.damaged.bin",
                "6f1d3a526d0e4f0b9a401c6d2f7f5b11-any name.segment.bin",
                "6f1d3a526d0e4f0b9a401c6d2f7f5b11-any name+268435456.segment.bin",
            ],
            new[]
            {
                quarantine.SaveRequest(12345, "refused", "a"u8), quarantine.SaveBytes(64, "damaged", "b"u8), quarantine.SaveSegment("any name", 0, "c"u8),
                quarantine.SaveSegment("any name", 256 << 20, "d"u8),
            }.Select(path => Path.GetFileName(path)));
        Assert.Equal([(12345, "refused")], quarantine.Requests());
        Assert.Equal([64, 12345], quarantine.Positions().Order());
    }

    [Fact]
    public void PiecesOfTwoJournals_AtOnePosition_AreBothKeptAndEachKnowsItsOwn()
    {
        Quarantine one = Of(Id);
        Quarantine other = Of(Guid.NewGuid());
        string first = one.SaveRequest(64, "refused", "of one"u8);
        string second = other.SaveRequest(64, "undecodable", "of the other"u8);
        string third = other.SaveRequest(64, "refused", "of the other"u8);
        other.SaveBytes(128, "damaged", "of the other"u8);

        Assert.Equal(["of one", "of the other", "of the other"], new[] { first, second, third }.Select(File.ReadAllText));
        Assert.Equal([(64, "refused")], one.Requests());
        Assert.Equal([64], one.Positions());
    }

    [Fact]
    public void File_OfAVersionBefore_IsTakenForThisJournals()
    {
        Directory.CreateDirectory(_journal.Quarantine);
        File.WriteAllText(Path.Combine(_journal.Quarantine, "00000000000000000064.refused.otlp"), "");

        Assert.Equal([(64, "refused")], Of(Id).Requests());
        Assert.Equal([64], Of(Id).Positions());
    }

    private Quarantine Of(Guid journalId) => new(_journal.Files, _journal.Directory, journalId);
}
