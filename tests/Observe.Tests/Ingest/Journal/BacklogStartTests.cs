using Observe.Ingest.Journal;
using Observe.Ingest.Otlp;

namespace Observe.Tests.Ingest.Journal;

/// <summary>A start with a journal in which much waits.</summary>
public sealed class BacklogStartTests : IDisposable
{
    private static readonly Guid Id = Guid.NewGuid();

    private readonly JournalFixture _journal = new();

    public void Dispose() => _journal.Dispose();

    [Fact]
    public void Start_WithManySmallRequests_TakesNoMoreMemoryThanWithFew()
    {
        RecoverAllocating(10); // what is made once
        (long few, _) = RecoverAllocating(10);
        (long many, RecoveredJournal recovered) = RecoverAllocating(40_000);

        Assert.Equal(
            [("one", 20_000, 20_000), ("zwölf", 20_000, 20_000)],
            recovered.Waiting.All().OrderBy(sender => sender.Sender, StringComparer.Ordinal).Select(sender => (sender.Sender, sender.Requests, sender.Records)));
        Assert.InRange(many - few, long.MinValue, 64 << 10);
    }

    /// <summary>So that nobody is sent to a process that will refuse the first request.</summary>
    [Fact]
    public async Task Start_WithoutRoomForMore_IsFullUntilSomeIsStored()
    {
        _journal.Open();
        for (int i = 0; i < 10; i++)
        {
            await _journal.AppendAsync($"{i}{new string('a', 50_000)}");
        }

        _journal.Close();

        SignalJournal full = _journal.Open(maxBytes: 752_000);
        Assert.True(full.IsFull);
        full.Begin(_journal.End());
        full.Commit(_journal.End());
        Assert.False(full.IsFull);
        _journal.Close();

        Assert.False(_journal.Open(maxBytes: 752_000).IsFull);
    }

    [Fact]
    public void Counts_FromAFrameAndOfARequest_AreOfTheSameSender()
    {
        var waiting = new WaitingCounts();
        waiting.Add("größe"u8, 2, 100);
        waiting.Add("größe", 3, 10);
        Assert.Equal(("größe", 2L, 5L, 110L), Assert.Single(waiting.All()));
        Assert.Equal((2, 5), waiting.Total());

        waiting.Remove("größe", 2, 100);
        waiting.Remove("größe", 3, 10);
        Assert.Empty(waiting.All());
    }

    private (long Bytes, RecoveredJournal Recovered) RecoverAllocating(int requests)
    {
        Directory.CreateDirectory(_journal.Directory);
        WriteSegment(requests);
        var recovery = new JournalRecovery(OtlpSignal.Logs, _journal.Directory, _journal.Files, _journal.Log);
        var window = new ResendWindow(TimeSpan.FromMinutes(10), maxRequests: 10);
        long before = GC.GetAllocatedBytesForCurrentThread();
        RecoveredJournal recovered = recovery.Recover(checkpoint: null, window);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        foreach (Segment segment in recovered.Segments)
        {
            segment.Dispose();
        }

        return (allocated, recovered);
    }

    private void WriteSegment(int requests)
    {
        var header = new byte[SegmentHeader.Length];
        new SegmentHeader(OtlpSignal.Logs, Id, 0).Write(header);
        using FileStream file = File.Create(Segment.PathOf(_journal.Directory, 0));
        file.Write(header);
        var tally = default(RecordTally);
        tally.Add(RejectReason.None, 1);
        for (int i = 0; i < requests; i++)
        {
            var request = new JournalRequest(FrameKind.Request, new byte[1], i % 2 == 0 ? "one" : "zwölf", tally, 0, isRecognisable: false);
            file.Write(request.Header(file.Position, 0, SegmentReader.SeedOf(Id)).Span);
            file.Write(request.Body.Span);
        }
    }
}
