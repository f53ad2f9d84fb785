using Observe.Ingest;
using Observe.Ingest.Journal;
using Observe.Tests.Hosting;

namespace Observe.Tests.Ingest.Journal;

/// <summary>Calls of the disk that fail while the journal is being written.</summary>
public sealed class DiskFaultTests : IDisposable
{
    private readonly JournalFixture _journal = new();

    public void Dispose() => _journal.Dispose();

    [Theory]
    [InlineData(nameof(FileCall.Write))]
    [InlineData(nameof(FileCall.Sync))]
    public async Task Append_ThatFails_IsToldAndNeverRead_AndWhatWasAcknowledgedStays(string call)
    {
        SignalJournal journal = _journal.Open();
        await _journal.StoreAsync("acknowledged");

        _journal.Files.FailOn((Enum.Parse<FileCall>(call), ".journal"));
        IngestFailure failure = Assert.IsType<IngestFailure>((await _journal.AppendAsync("refused")).Failure);

        Assert.Equal(IngestError.Unavailable, failure.Error);
        Assert.Contains("send the same data again later", failure.Message, StringComparison.Ordinal);
        Assert.Contains(FaultyFiles.NoSpace, journal.Failure, StringComparison.Ordinal);
        Assert.Contains(FaultyFiles.NoSpace, Assert.Single(_journal.Log.Of(2103)), StringComparison.Ordinal);
        Assert.Equal(["acknowledged"], _journal.ReadAll());
        Assert.Equal(1, Assert.Single(journal.Waiting.All()).Requests);

        _journal.Files.Mend();
        _journal.Open();
        Assert.Equal(["acknowledged"], _journal.ReadAll());
        Assert.Empty(_journal.Log.Errors);
    }

    [Fact]
    public async Task Append_AfterAFailure_GoesToAnotherSegment()
    {
        _journal.Open();
        await _journal.StoreAsync("a");
        _journal.Files.FailOn((FileCall.Sync, ".journal"));
        Assert.NotNull((await _journal.AppendAsync("b")).Failure);
        _journal.Files.Mend();
        await _journal.StoreAsync("c");

        Assert.Equal(2, _journal.FilesOf(".journal").Length);
        Assert.Equal(["a", "c"], _journal.ReadAll());
        _journal.Open();
        Assert.Equal(["a", "c"], _journal.ReadAll());
        Assert.Empty(_journal.Log.Errors);
    }

    [Fact]
    public async Task Disk_WithRoomAgain_IsFoundOutWithoutAnybodySending()
    {
        SignalJournal journal = _journal.Open();
        await _journal.StoreAsync("a");
        _journal.Files.FailOn((FileCall.Write, ".journal"));
        Assert.NotNull((await _journal.AppendAsync("b")).Failure);
        Assert.NotNull(journal.Failure);

        _journal.Files.Mend();
        await Eventually.TrueAsync("the journal can be written again", () => journal.Failure is null);

        Assert.Single(_journal.Log.Of(2104));
        await _journal.StoreAsync("b");
        Assert.Equal(["a", "b"], _journal.ReadAll());
    }

    [Theory]
    [InlineData(nameof(FileCall.Open), ".journal")]
    [InlineData(nameof(FileCall.Write), ".journal")]
    [InlineData(nameof(FileCall.Sync), ".journal")]
    [InlineData(nameof(FileCall.SyncDirectory), "logs")]
    public async Task Segment_ThatCannotBeBegun_IsToldAndBegunLater(string call, string suffix)
    {
        SignalJournal journal = _journal.Open();
        _journal.Files.FailOn((Enum.Parse<FileCall>(call), suffix), (FileCall.Delete, ".journal"));
        Assert.Equal(IngestError.Unavailable, (await _journal.AppendAsync("a")).Failure?.Error);

        // Deleting what was begun fails too, and must not hide why it was to be deleted.
        Assert.Contains($"{FaultyFiles.NoSpace}: {call} of", journal.Failure, StringComparison.Ordinal);
        _journal.Files.Mend();

        await _journal.StoreAsync("a");
        Assert.Null(journal.Failure);
        _journal.Open();
        Assert.Equal(["a"], _journal.ReadAll());
        Assert.Empty(_journal.Log.Errors);
    }

    [Fact]
    public async Task Cut_ThatFailsToo_LeavesBytesThatAreNeverRead()
    {
        _journal.Open();
        await _journal.StoreAsync("a");
        _journal.Files.FailOn((FileCall.Sync, ".journal"), (FileCall.SetLength, ".journal"));
        Assert.NotNull((await _journal.AppendAsync("refused")).Failure);
        Assert.True(_journal.Log.Has(2110));
        _journal.Files.Mend();
        await _journal.StoreAsync("b");

        Assert.Equal(["a", "b"], _journal.ReadAll());
        _journal.Open();
        Assert.Equal(["a", "b"], _journal.ReadAll());
        Assert.Equal(["a", "b"], _journal.ReadFrom(0));
        Assert.Empty(_journal.Log.Errors);
    }

    [Fact]
    public async Task Append_ThatFails_GivesItsRoomBack()
    {
        _journal.Open();
        await _journal.StoreAsync("a");
        long used = _journal.Space.Used;
        _journal.Files.FailOn((FileCall.Write, ".journal"));
        for (int i = 0; i < 5; i++)
        {
            Assert.NotNull((await _journal.AppendAsync($"refused {i}")).Failure);
        }

        Assert.Equal(used, _journal.Space.Used);
        Assert.Equal(used, _journal.FilesOf(".journal").Sum(path => new FileInfo(path).Length));
    }

    [Fact]
    public async Task Room_OnDiskAndInTheBooks_AreTheSameThroughSegmentsAndCommits()
    {
        _journal.Options.SegmentBytes = 4096;
        SignalJournal journal = _journal.Open();
        for (int i = 0; i < 100; i++)
        {
            await _journal.StoreAsync($"log {i} {new string('x', 300)}");
            if (i % 17 == 0)
            {
                long end = _journal.End();
                journal.Begin(end);
                journal.Commit(end);
            }
        }

        Assert.Equal(_journal.FilesOf(".journal").Sum(path => new FileInfo(path).Length), _journal.Space.Used);
        Assert.Equal(_journal.Space.Used, journal.Bytes);
    }

    [Fact]
    public async Task Segment_ThatCannotBeDeleted_IsDeletedAfterTheNextStart()
    {
        _journal.Options.SegmentBytes = 4096;
        SignalJournal journal = _journal.Open();
        await _journal.StoreAsync(new string('x', 5000), "b");
        _journal.Files.FailOn((FileCall.Delete, ".journal"));
        long end = _journal.End();
        journal.Commit(end);
        Assert.Equal(2, _journal.FilesOf(".journal").Length);
        Assert.True(_journal.Log.Has(2108));
        _journal.Files.Mend();

        journal = _journal.Open();
        Assert.Empty(_journal.ReadAll());
        await _journal.StoreAsync("c");
        journal.Commit(_journal.End());

        Assert.Single(_journal.FilesOf(".journal"));
    }

    [Fact]
    public async Task RequestsDuringOneSync_ShareTheNext()
    {
        _journal.Open();
        await _journal.StoreAsync("first of the segment");
        int before = _journal.Files.Count(FileCall.Sync, ".journal");
        using var disk = new BlockedCall(_journal.Files, FileCall.Sync, ".journal");
        Task<AppendOutcome> held = _journal.AppendAsync("held");
        await disk.ReachedAsync();
        Task<AppendOutcome>[] others = [.. Enumerable.Range(0, 50).Select(i => _journal.AppendAsync($"log {i}"))];
        Assert.DoesNotContain(others, task => task.IsCompleted);
        Assert.Equal(["first of the segment"], _journal.ReadAll());
        disk.Release();

        Assert.Equal(AppendOutcome.Appended, await held);
        Assert.All(await Task.WhenAll(others), outcome => Assert.Equal(AppendOutcome.Appended, outcome));
        Assert.Equal(before + 2, _journal.Files.Count(FileCall.Sync, ".journal"));
    }
}
