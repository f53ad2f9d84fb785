using Observe.Ingest.Journal;

namespace Observe.Tests.Ingest.Journal;

public sealed class ResendWindowTests : IDisposable
{
    private readonly JournalFixture _journal = new();

    public void Dispose() => _journal.Dispose();

    [Fact]
    public async Task Request_SentAgainWithinTheWindow_IsRecognisedUntilItEnds()
    {
        _journal.Open();
        await _journal.StoreAsync("log");

        _journal.Clock.Advance(_journal.Options.ResendWindow);
        Assert.NotNull((await _journal.AppendAsync("log")).FirstReceivedAt);
        _journal.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(AppendOutcome.Appended, await _journal.AppendAsync("log"));

        Assert.Equal(["log", "log"], _journal.ReadAll());
    }

    [Fact]
    public async Task Request_StoredAgainAfterTheWindow_IsRecognisedForAWindowMore()
    {
        _journal.Open();
        await _journal.StoreAsync("log");
        _journal.Clock.Advance(_journal.Options.ResendWindow + TimeSpan.FromSeconds(1));
        await _journal.StoreAsync("log");
        _journal.Open();
        _journal.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.NotNull((await _journal.AppendAsync("log")).FirstReceivedAt);
    }

    [Fact]
    public async Task MoreRequestsThanAreRemembered_ForgetTheOldestFirst()
    {
        _journal.Options.ResendWindowRequests = 2;
        _journal.Open();
        await _journal.StoreAsync("a", "b", "c");

        Assert.NotNull((await _journal.AppendAsync("b")).FirstReceivedAt);
        Assert.NotNull((await _journal.AppendAsync("c")).FirstReceivedAt);
        Assert.Null((await _journal.AppendAsync("a")).FirstReceivedAt);
    }

    [Fact]
    public async Task Request_SentAgainAfterARestart_IsRecognised()
    {
        _journal.Open();
        await _journal.StoreAsync("a", "b");
        _journal.Open();

        Assert.NotNull((await _journal.AppendAsync("a")).FirstReceivedAt);
        Assert.NotNull((await _journal.AppendAsync("b")).FirstReceivedAt);
        Assert.Null((await _journal.AppendAsync("c")).FirstReceivedAt);
    }

    [Fact]
    public async Task Request_OfADeletedSegment_IsRecognisedAfterARestart()
    {
        await FillAndCommitAsync();
        Assert.Single(_journal.FilesOf(".seen"));
        _journal.Open();

        Assert.NotNull((await _journal.AppendAsync("first")).FirstReceivedAt);
    }

    [Fact]
    public async Task RememberedRequests_OlderThanTheWindow_AreDeletedWithTheNextSegment()
    {
        await FillAndCommitAsync();
        string old = Assert.Single(_journal.FilesOf(".seen"));
        _journal.Clock.Advance(_journal.Options.ResendWindow + TimeSpan.FromSeconds(1));

        await FillAndCommitAsync();

        Assert.DoesNotContain(old, _journal.FilesOf(".seen"));
        Assert.NotEmpty(_journal.FilesOf(".seen"));
    }

    [Fact]
    public async Task RememberedRequests_AreNotReadAgainWhenSegmentsAreDeleted()
    {
        const int segments = 20;
        _journal.Options.SegmentBytes = 4096;
        SignalJournal journal = _journal.Open();
        for (int i = 0; i <= segments; i++)
        {
            await _journal.StoreAsync($"{i:D5000}");
            journal.Commit(_journal.End());
        }

        Assert.Equal(segments, _journal.FilesOf(".seen").Length);
        Assert.Equal(segments, _journal.Files.Count(FileCall.Open, ".seen"));
    }

    [Fact]
    public async Task RememberedRequests_OfTheProcessBefore_AreDeletedWhenTheirTimeHasCome()
    {
        await FillAndCommitAsync();
        string old = Assert.Single(_journal.FilesOf(".seen"));
        SignalJournal journal = _journal.Open();
        _journal.Clock.Advance(_journal.Options.ResendWindow - TimeSpan.FromSeconds(1));
        await StoreAndCommitAsync(journal, 'y');
        Assert.Contains(old, _journal.FilesOf(".seen"));
        _journal.Clock.Advance(TimeSpan.FromSeconds(2));
        await StoreAndCommitAsync(journal, 'z');

        Assert.DoesNotContain(old, _journal.FilesOf(".seen"));
        Assert.NotEmpty(_journal.FilesOf(".seen"));
    }

    [Fact]
    public async Task RememberedRequests_Damaged_CostNothingButTheRecognition()
    {
        await FillAndCommitAsync();
        string path = Assert.Single(_journal.FilesOf(".seen"));
        byte[] bytes = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        bytes[^1] ^= 1;
        await File.WriteAllBytesAsync(path, bytes, TestContext.Current.CancellationToken);
        _journal.Open();

        Assert.Null((await _journal.AppendAsync("first")).FirstReceivedAt);
    }

    [Fact]
    public async Task RememberedRequests_ThatCannotBeWrittenOnAFullDisk_DoNotKeepTheSegment()
    {
        bool isFull = true;
        _journal.Files.Before = (call, path) =>
        {
            isFull &= call != FileCall.Delete;
            if (isFull && call == FileCall.Write && path.EndsWith(".seen", StringComparison.Ordinal))
            {
                throw new IOException(FaultyFiles.NoSpace);
            }
        };

        await FillAndCommitAsync();

        Assert.Single(_journal.FilesOf(".journal"));
        _journal.Open();
        Assert.NotNull((await _journal.AppendAsync("first")).FirstReceivedAt);
    }

    [Fact]
    public async Task SameRequest_TwiceInOneGroup_IsAppendedOnce()
    {
        SignalJournal journal = _journal.Open();
        using var disk = new BlockedCall(_journal.Files, FileCall.Sync, ".journal");
        Task<AppendOutcome> first = _journal.AppendAsync("first");
        await disk.ReachedAsync();
        Task<AppendOutcome>[] same = [_journal.AppendAsync("same"), _journal.AppendAsync("same")];
        disk.Release();

        Assert.Equal(AppendOutcome.Appended, await first);
        Assert.Equal(AppendOutcome.Appended, await same[0]);
        Assert.NotNull((await same[1]).FirstReceivedAt);
        Assert.Equal(["first", "same"], _journal.ReadAll());
        Assert.Equal(2, Assert.Single(journal.Waiting.All()).Requests);
    }

    [Fact]
    public async Task Request_ThatCouldNotBeWritten_IsTakenWhenItIsSentAgain()
    {
        _journal.Open();
        await _journal.StoreAsync("before");
        _journal.Files.FailOn((FileCall.Sync, ".journal"));
        Assert.NotNull((await _journal.AppendAsync("log")).Failure);
        _journal.Files.Mend();

        Assert.Equal(AppendOutcome.Appended, await _journal.AppendAsync("log"));
        Assert.Equal(["before", "log"], _journal.ReadAll());
    }

    [Fact]
    public async Task Request_ThatIsNotRecognisable_IsAlwaysAppended()
    {
        _journal.Open();
        Assert.Equal(AppendOutcome.Appended, await _journal.AppendAsync("log", isRecognisable: false));
        _journal.Open();
        Assert.Equal(AppendOutcome.Appended, await _journal.AppendAsync("log", isRecognisable: false));
    }

    [Theory]
    [InlineData("refused")]
    [InlineData("undecodable")]
    public async Task Request_SetAsideAndForgotten_IsTakenWhenItIsSentAgain_AfterARestartToo(string reason)
    {
        SignalJournal journal = _journal.Open();
        await _journal.StoreAsync("log");
        JournalCursor cursor = journal.Read(0);
        FrameHeader header = cursor.Read()!.Value.Header!.Value;
        journal.Quarantine.SaveRequest(header.Position, reason, cursor.Body(header));
        journal.Forget(header.Digest);
        _journal.Open();

        Assert.Null((await _journal.AppendAsync("log")).FirstReceivedAt);
        Assert.NotNull((await _journal.AppendAsync("log")).FirstReceivedAt);
    }

    [Fact]
    public void Forget_AndAddedAgain_IsRememberedForItsOwnTime()
    {
        var window = new ResendWindow(TimeSpan.FromSeconds(10), 100);
        const long second = 1_000_000_000;
        window.Add(new(1, 0, 0));
        window.Forget(1);
        Assert.False(window.TryFind(1, second, out _));
        window.Add(new(1, 8 * second, 100));

        Assert.True(window.TryFind(1, 12 * second, out long receivedAt));
        Assert.Equal(8 * second, receivedAt);
        Assert.Equal([100], window.Between(0, 1000).Select(request => request.Position));
    }

    /// <summary>Fills a segment, begins another, and lets the first be deleted.</summary>
    private async Task StoreAndCommitAsync(SignalJournal journal, char text)
    {
        await _journal.StoreAsync(new string(text, 5000), $"last {text}");
        journal.Commit(_journal.End());
    }

    /// <summary>Fills two segments, of which the older is then stored and deleted.</summary>
    private async Task FillAndCommitAsync()
    {
        _journal.Options.SegmentBytes = 4096;
        SignalJournal journal = _journal.Open();
        if ((await _journal.AppendAsync("first")).FirstReceivedAt is not null)
        {
            throw new InvalidOperationException("The request is remembered from before.");
        }

        await _journal.StoreAsync(new string('x', 5000), "last");
        long end = _journal.End();
        journal.Begin(end);
        journal.Commit(end);
    }
}
