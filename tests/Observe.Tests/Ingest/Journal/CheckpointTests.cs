using System.Buffers.Binary;
using Observe.Ingest.Journal;
using Observe.Ingest.Otlp;

namespace Observe.Tests.Ingest.Journal;

/// <summary>What a start makes of the checkpoint and the segments that it finds.</summary>
public sealed class CheckpointTests : IDisposable
{
    private const int PlaceLength = 4096;

    private readonly JournalFixture _journal = new();

    private string CheckpointPath => Path.Combine(_journal.Directory, "checkpoint");

    public void Dispose() => _journal.Dispose();

    [Fact]
    public async Task Committed_AndIntent_AreReadAtTheNextStart()
    {
        SignalJournal journal = _journal.Open();
        await _journal.StoreAsync("a");
        long first = _journal.End();
        journal.Commit(first);
        await _journal.StoreAsync("b");
        journal.Begin(_journal.End());
        string token = journal.TokenOf(first, _journal.End());
        journal = _journal.Open();

        Assert.Equal((first, _journal.End()), (journal.Committed, journal.IntentEnd));
        Assert.Equal(token, journal.TokenOf(first, _journal.End()));
        Assert.Equal(["b"], _journal.ReadAll());
        Assert.Equal(1, Assert.Single(journal.Waiting.All()).Requests);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task OnePlace_Torn_LeavesTheStateOfTheOther(int place)
    {
        SignalJournal journal = _journal.Open();
        await _journal.StoreAsync("a", "b");
        long end = _journal.End();
        journal.Begin(end);
        journal.Commit(end);
        _journal.Close();
        byte[] bytes = await File.ReadAllBytesAsync(CheckpointPath, TestContext.Current.CancellationToken);
        long number = BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan((place * PlaceLength) + 16));
        bytes.AsSpan((place * PlaceLength) + 32, 32).Clear();
        await File.WriteAllBytesAsync(CheckpointPath, bytes, TestContext.Current.CancellationToken);

        journal = _journal.Open();

        // The states are numbered 1 (new), 2 (begun), 3 (committed): with the last torn, the batch is begun again with its token.
        Assert.Equal(number == 3 ? (0L, (long?)end) : (end, null), (journal.Committed, journal.IntentEnd));
        Assert.Empty(_journal.Log.Errors);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Checkpoint_DamagedOrMissing_StoresAllAgainAndSaysSo(bool isMissing)
    {
        SignalJournal journal = _journal.Open();
        await _journal.StoreAsync("a", "b");
        journal.Commit(_journal.End());
        _journal.Close();
        if (isMissing)
        {
            File.Delete(CheckpointPath);
        }
        else
        {
            await File.WriteAllBytesAsync(CheckpointPath, new byte[PlaceLength + 64], TestContext.Current.CancellationToken);
        }

        _journal.Open();

        Assert.Equal(["a", "b"], _journal.ReadAll());
        Assert.Contains("none is lost", Assert.Single(_journal.Log.Of(2105)), StringComparison.Ordinal);
        _journal.Open();
        Assert.Empty(_journal.Log.Errors);
    }

    [Fact]
    public void NewJournal_SaysNothing()
    {
        _journal.Open();

        Assert.Empty(_journal.Log.Errors);
    }

    [Fact]
    public async Task Checkpoint_OfANewerVersion_EndsTheStart()
    {
        _journal.Open();
        await _journal.StoreAsync("a");
        _journal.Close();
        SetVersion(CheckpointPath, 0, 4, Checkpoint.Length);
        SetVersion(CheckpointPath, PlaceLength, 4, Checkpoint.Length);

        Assert.Contains("checkpoint of the journal has format version 4", Assert.Throws<JournalException>(() => _journal.Open()).Message, StringComparison.Ordinal);
        Assert.Equal(0, _journal.Files.OpenCount);
    }

    [Fact]
    public async Task Checkpoint_OfTheFirstVersion_EndsTheStart()
    {
        _journal.Open();
        await _journal.StoreAsync("a");
        _journal.Close();
        SetVersion(CheckpointPath, PlaceLength, 1, 64);

        Assert.Contains("checkpoint of the journal has format version 1", Assert.Throws<JournalException>(() => _journal.Open()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(0)]
    [InlineData(17_878)]
    public async Task Isolation_IsReadAtTheNextStart_UntilItsBatchIsCommittedOrAnotherBegun(int? day)
    {
        var isolation = new TableIsolation(TableIsolation.KeyOf("logs"), 0, 100, (ushort?)day);
        SignalJournal journal = _journal.Open();
        await _journal.StoreAsync("a", "b");
        long end = _journal.End();
        journal.Begin(end);
        journal.NoteIsolation(isolation);
        journal = _journal.Open();
        Assert.Equal((end, isolation), (journal.IntentEnd, journal.Isolation));

        journal.Begin(end);
        Assert.Equal(isolation, journal.Isolation);
        journal.Begin(end - 1);
        Assert.Null(journal.Isolation);
        Assert.Null(_journal.Open().Isolation);

        journal = _journal.Open();
        journal.NoteIsolation(isolation);
        journal.Commit(end);
        Assert.Null(journal.Isolation);
        Assert.Null(_journal.Open().Isolation);
    }

    [Fact]
    public async Task Segment_OfANewerVersion_EndsTheStart()
    {
        _journal.Open();
        await _journal.StoreAsync("a");
        _journal.Close();
        SetVersion(_journal.FilesOf(".journal")[0], 0, 2, SegmentHeader.Length);

        Assert.Contains("format version 2", Assert.Throws<JournalException>(() => _journal.Open()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Segment_OfAnotherSignal_EndsTheStart()
    {
        _journal.Open();
        await _journal.StoreAsync("a");

        Assert.Contains(
            "is a segment of Logs", Assert.Throws<JournalException>(() => _journal.Open(OtlpSignal.Traces)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Segment_OfAnotherJournal_EndsTheStart()
    {
        using var other = new JournalFixture();
        other.Open();
        await other.StoreAsync("foreign");
        other.Close();
        _journal.Open();
        await _journal.StoreAsync("a");
        _journal.Close();
        Assert.Equal(0, _journal.Files.OpenCount);
        File.Copy(other.FilesOf(".journal")[0], Segment.PathOf(_journal.Directory, 1_000_000));

        Assert.Contains("belongs to another journal", Assert.Throws<JournalException>(() => _journal.Open()).Message, StringComparison.Ordinal);
        Assert.Equal(0, _journal.Files.OpenCount);
    }

    [Fact]
    public async Task Segment_Missing_IsSaidAndTheRestIsRead()
    {
        _journal.Options.SegmentBytes = 4096;
        _journal.Open();
        await _journal.StoreAsync("a", new string('x', 5000), "b", new string('y', 5000), "c");
        _journal.Close();
        File.Delete(_journal.FilesOf(".journal")[1]);

        _journal.Open();

        Assert.Equal(["a", new string('x', 5000), "c"], _journal.ReadAll());
        Assert.Contains("a file is missing", Assert.Single(_journal.Log.Of(2106)), StringComparison.Ordinal);
        await _journal.StoreAsync("d");
        Assert.Equal(["a", new string('x', 5000), "c", "d"], _journal.ReadAll());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AllSegments_Missing_NoPositionIsUsedTwice(bool isCommitted)
    {
        SignalJournal journal = _journal.Open();
        await _journal.StoreAsync("a");
        long end = _journal.End();
        journal.Begin(end);
        if (isCommitted)
        {
            journal.Commit(end);
        }

        _journal.Close();
        File.Delete(_journal.FilesOf(".journal")[0]);

        _journal.Open();
        await _journal.StoreAsync("b");

        Assert.Equal(["b"], _journal.ReadAll());
        JournalCursor cursor = _journal.Read(0);
        Assert.True(cursor.Read()!.Value.Position >= end);
    }

    [Fact]
    public async Task DiskFull_WhileTheCheckpointIsMadeAgain_EndsTheStartAndLeavesNoFileOpen()
    {
        _journal.Open();
        await _journal.StoreAsync("a");
        _journal.Close();
        File.Delete(CheckpointPath);
        _journal.Files.FailOn((FileCall.Write, "checkpoint"));

        Assert.Contains("cannot be opened", Assert.Throws<JournalException>(() => _journal.Open()).Message, StringComparison.Ordinal);
        Assert.Equal(0, _journal.Files.OpenCount);
    }

    [Fact]
    public async Task FileThatIsNoSegment_IsSetAside()
    {
        _journal.Open();
        await _journal.StoreAsync("a");
        _journal.Close();
        byte[] rubbish = [1, 2, 3];
        await File.WriteAllBytesAsync(Segment.PathOf(_journal.Directory, 777), rubbish, TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(Segment.PathOf(_journal.Directory, 888), [], TestContext.Current.CancellationToken);

        _journal.Open();

        Assert.Equal(["a"], _journal.ReadAll());
        Assert.Equal(rubbish, Assert.Single(_journal.Quarantined()));
        Assert.Contains("set aside", Assert.Single(_journal.Log.Of(2107)), StringComparison.Ordinal);
        Assert.Single(_journal.FilesOf(".journal"));
    }

    private static void SetVersion(string path, int at, byte version, int length)
    {
        byte[] bytes = File.ReadAllBytes(path);
        if (bytes.Length >= at + length)
        {
            bytes[at + 8] = version;
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(at + length - 4), Crc32C.Compute(bytes.AsSpan(at, length - 4)));
            File.WriteAllBytes(path, bytes);
        }
    }
}
