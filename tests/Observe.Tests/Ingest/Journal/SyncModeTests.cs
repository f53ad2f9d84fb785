using Observe.Ingest.Journal;
using Observe.Tests.Hosting;

namespace Observe.Tests.Ingest.Journal;

public sealed class SyncModeTests : IDisposable
{
    private readonly JournalFixture _journal = new();

    public void Dispose() => _journal.Dispose();

    private int Syncs => _journal.Files.Count(FileCall.Sync, ".journal");

    [Fact]
    public async Task EachCommit_SyncsBeforeEachAcknowledgement()
    {
        _journal.Open();
        await _journal.StoreAsync("a", "b", "c");

        Assert.Equal(1 + 3, Syncs); // the segment's header, then each
        Assert.Equal(2, _journal.Files.Count(FileCall.SyncDirectory, "logs")); // the checkpoint, the segment

        using var disk = new BlockedCall(_journal.Files, FileCall.Sync, ".journal");
        Task<AppendOutcome> last = _journal.AppendAsync("d");
        await disk.ReachedAsync();
        Assert.False(last.IsCompleted);
        Assert.Equal(["a", "b", "c"], _journal.ReadAll());
        disk.Release();
        Assert.Equal(AppendOutcome.Appended, await last);
    }

    [Fact]
    public async Task Never_DoesNotSync()
    {
        _journal.Options.Sync = JournalSync.Never;
        SignalJournal journal = _journal.Open();
        await _journal.StoreAsync("a", "b");
        journal.Begin(_journal.End());
        journal.Commit(_journal.End());
        _journal.Close();

        Assert.Equal(0, Syncs);
        Assert.Equal(0, _journal.Files.Count(FileCall.Sync, "checkpoint"));
    }

    [Fact]
    public async Task Interval_AcknowledgesAtOnceAndSyncsLater()
    {
        _journal.Options.Sync = JournalSync.Interval;
        _journal.Options.SyncInterval = TimeSpan.FromMilliseconds(20);
        _journal.Open();
        await _journal.StoreAsync("a", "b", "c");
        Assert.Equal(1, Syncs); // the segment's header

        _journal.Clock.Advance(TimeSpan.FromSeconds(1));
        await Eventually.TrueAsync("the interval has passed", () => Syncs == 2);
        await _journal.StoreAsync("d");
        Assert.Equal(2, Syncs);
        _journal.Close();
        Assert.Equal(3, Syncs);
        _journal.Open();
        Assert.Equal(["a", "b", "c", "d"], _journal.ReadAll());
    }

    [Fact]
    public async Task Interval_SyncsASegmentBeforeItBeginsTheNext()
    {
        _journal.Options.Sync = JournalSync.Interval;
        _journal.Options.SyncInterval = TimeSpan.FromMinutes(1);
        _journal.Options.SegmentBytes = 4096;
        _journal.Open();
        await _journal.StoreAsync(new string('x', 5000), "b");

        Assert.Equal(3, Syncs); // two headers, and the first segment when it was full
    }

    [Fact]
    public async Task Interval_SegmentAbandonedAfterAFailure_IsSynced()
    {
        _journal.Options.Sync = JournalSync.Interval;
        _journal.Options.SyncInterval = TimeSpan.FromMinutes(1);
        _journal.Open();
        await _journal.StoreAsync("a");
        _journal.Files.FailOn((FileCall.Write, ".journal"));
        Assert.NotNull((await _journal.AppendAsync("b")).Failure);

        Assert.Equal(2, Syncs); // the header, and what was acknowledged
    }

    [Fact]
    public async Task Interval_ThatFails_IsSaidAndNothingAcknowledgedIsForgotten()
    {
        _journal.Options.Sync = JournalSync.Interval;
        _journal.Options.SyncInterval = TimeSpan.FromMilliseconds(20);
        SignalJournal journal = _journal.Open();
        await _journal.StoreAsync("a");
        _journal.Files.FailOn((FileCall.Sync, ".journal"));
        _journal.Clock.Advance(TimeSpan.FromSeconds(1));
        await Eventually.TrueAsync("the sync has failed", () => journal.Failure is not null);
        _journal.Files.Mend();
        await _journal.StoreAsync("b");

        Assert.Equal(["a", "b"], _journal.ReadAll());
        Assert.Null(journal.Failure);
    }
}
