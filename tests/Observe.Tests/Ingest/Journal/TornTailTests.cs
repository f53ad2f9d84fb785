namespace Observe.Tests.Ingest.Journal;

public sealed class TornTailTests : IDisposable
{
    private const int SegmentHeaderLength = 64;
    private const int FrameLength = 64 + 6 + 5; // header, "sender", "log n"

    private readonly JournalFixture _journal = new();

    public void Dispose() => _journal.Dispose();

    [Fact]
    public async Task LastRequest_TornAtAnyByte_IsCutOffAndTheJournalGoesOn()
    {
        for (int kept = 0; kept < FrameLength; kept++)
        {
            using var journal = new JournalFixture();
            journal.Open();
            await journal.StoreAsync("log 1", "log 2", "log 3");
            journal.Close();
            CutTo(journal, SegmentHeaderLength + (2 * FrameLength) + kept);

            journal.Open();
            Assert.Equal(["log 1", "log 2"], journal.ReadAll());
            Assert.Equal(kept > 0, journal.Log.Has(2101));
            await journal.StoreAsync("log 3", "log 4");
            Assert.Equal(["log 1", "log 2", "log 3", "log 4"], journal.ReadAll());

            journal.Open();
            Assert.Equal(["log 1", "log 2", "log 3", "log 4"], journal.ReadAll());
            Assert.Empty(journal.Log.Errors);
        }
    }

    [Fact]
    public async Task LastRequest_Torn_LeavesTheSegmentWithoutARest()
    {
        _journal.Open();
        await _journal.StoreAsync("log 1", "log 2");
        _journal.Close();
        CutTo(_journal, SegmentHeaderLength + FrameLength + 30);

        _journal.Open();

        Assert.Equal(SegmentHeaderLength + FrameLength, new FileInfo(_journal.FilesOf(".journal")[0]).Length);
        Assert.Contains("Cut 30 bytes off the end of", Assert.Single(_journal.Log.Of(2101)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task LastRequest_CompleteButDamaged_IsKeptInTheQuarantine()
    {
        _journal.Open();
        await _journal.StoreAsync("log 1", "log 2");
        _journal.Close();
        string path = _journal.FilesOf(".journal")[0];
        byte[] bytes = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        bytes[^1] ^= 1;
        await File.WriteAllBytesAsync(path, bytes, TestContext.Current.CancellationToken);

        _journal.Open();

        Assert.Equal(["log 1"], _journal.ReadAll());
        Assert.Equal(bytes[^FrameLength..], Assert.Single(_journal.Quarantined()));
        Assert.Equal([2102], _journal.Log.Errors);
    }

    [Fact]
    public async Task File_ExtendedWithZeros_IsATornTail()
    {
        _journal.Open();
        await _journal.StoreAsync("log 1", "log 2");
        _journal.Close();
        CutTo(_journal, SegmentHeaderLength + (2 * FrameLength) + 8192);

        _journal.Open();

        Assert.Equal(["log 1", "log 2"], _journal.ReadAll());
        Assert.Empty(_journal.Quarantined());
        Assert.Empty(_journal.Log.Errors);
    }

    private static void CutTo(JournalFixture journal, long length)
    {
        using FileStream file = File.Open(journal.FilesOf(".journal")[0], FileMode.Open);
        file.SetLength(length);
    }
}
