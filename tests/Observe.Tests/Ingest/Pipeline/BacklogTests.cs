using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Observe.Ingest.Journal;
using Observe.Ingest.Otlp;
using Observe.Ingest.Otlp.Decoding;
using Observe.Storage.Batches;
using Observe.Storage.Engine;
using Observe.Tests.Hosting;
using Observe.Tests.Ingest.Journal;

namespace Observe.Tests.Ingest.Pipeline;

public sealed class BacklogTests
{
    [Fact]
    public async Task Batch_ClosesByRows()
    {
        await using PipelineFixture pipeline = Patient();
        pipeline.Options.MaxBatchRows = 3;
        pipeline.Start();
        await AppendAsync(pipeline, 3);

        await pipeline.DrainAsync();
        Assert.Equal([3], pipeline.Engine.Of("logs").Select(block => block.RowCount));
    }

    [Fact]
    public async Task Batch_ClosesByBytes()
    {
        await using PipelineFixture pipeline = Patient();
        pipeline.Options.MaxBatchBytes = 64 << 10;
        pipeline.Start();
        string text = new('x', 20 << 10);
        for (int i = 0; i < 4; i++)
        {
            await pipeline.AppendLogAsync($"{text} {i}");
        }

        await pipeline.DrainAsync();
        Assert.Equal(4, pipeline.Bodies().Count);
    }

    [Fact]
    public async Task Batch_ClosesByAgeOfItsFirstRequest()
    {
        var clock = new FakeClock();
        await using PipelineFixture pipeline = Patient();
        pipeline.Time = clock;
        pipeline.Options.MaxBatchDelay = TimeSpan.FromSeconds(2);
        pipeline.Start();
        await AppendAsync(pipeline, 2);
        clock.Advance(TimeSpan.FromMilliseconds(1900));
        await AppendAsync(pipeline, 2, first: 2);
        Assert.Empty(pipeline.Engine.Inserts);

        // The delay begins when the pipeline sees the request, so time passes until it has.
        await Eventually.TrueAsync("the batch is stored", () =>
        {
            clock.Advance(TimeSpan.FromMilliseconds(100));
            return pipeline.WaitingRecords == 0;
        });
        Assert.Equal(4, pipeline.Bodies().Count);
    }

    [Fact]
    public async Task Backlog_OfThousandsOfRequests_IsStoredInOrderAfterARestart_AndItsSegmentsAreDeleted()
    {
        const int count = 5_000;
        await using var pipeline = new PipelineFixture();
        pipeline.Options.Journal.SegmentBytes = 16 << 10;
        pipeline.Options.Journal.Sync = JournalSync.Never;
        pipeline.Options.MaxBatchRows = 700;
        pipeline.Engine.OnInsert = _ => throw new StorageException(StorageError.Unavailable, "away");
        pipeline.Start();
        await AppendAsync(pipeline, count);
        await pipeline.StopAtOnceAsync();
        int segments = Directory.GetFiles(pipeline.Directory, "*.journal").Length;
        Assert.True(segments > 10, $"{segments} segments");

        pipeline.Engine.OnInsert = _ => Task.CompletedTask;
        pipeline.Start();
        Assert.Equal(count, pipeline.WaitingRecords);
        await pipeline.DrainAsync();

        Assert.Equal(Enumerable.Range(0, count).Select(Text), pipeline.Bodies());
        Assert.InRange(pipeline.Engine.Of("logs").Max(block => block.RowCount), 1, 700);
        Assert.Single(Directory.GetFiles(pipeline.Directory, "*.journal"));
        Assert.Equal((count, count), (pipeline.Ledger(LedgerOutcome.Received), pipeline.Ledger(LedgerOutcome.Stored)));
    }

    [Fact]
    public async Task Damage_InTheMiddle_IsSetAsideAndCountedAndTheRestIsStored()
    {
        await using var pipeline = new PipelineFixture();
        pipeline.Engine.OnInsert = _ => throw new StorageException(StorageError.Unavailable, "away");
        pipeline.Options.Journal.SegmentBytes = 1 << 20;
        pipeline.Start();
        await AppendAsync(pipeline, 10);
        await pipeline.StopAtOnceAsync();
        string path = Assert.Single(Directory.GetFiles(pipeline.Directory, "*.journal"));
        byte[] bytes = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        int frame = (bytes.Length - 64) / 10;
        bytes[64 + (4 * frame) - 1] ^= 1; // the body of the fourth
        bytes[64 + (7 * frame)] ^= 1; // the header of the eighth
        await File.WriteAllBytesAsync(path, bytes, TestContext.Current.CancellationToken);

        pipeline.Engine.OnInsert = _ => Task.CompletedTask;
        pipeline.Start();
        await Eventually.TrueAsync("the rest is stored", () => pipeline.WaitingRecords == 0 && pipeline.Bodies().Count == 8);

        string id = pipeline.Journal.TokenOf(0, 0).Split('-')[0];
        Assert.Equal(new[] { 0, 1, 2, 4, 5, 6, 8, 9 }.Select(Text), pipeline.Bodies());
        Assert.Equal(
            [$"{id}-{64 + (3 * frame):D20}.damaged.bin", $"{id}-{64 + (7 * frame):D20}.damaged.bin"], pipeline.Quarantined());
        Assert.Equal(
            bytes[(64 + (3 * frame))..(64 + (4 * frame))],
            await File.ReadAllBytesAsync(Path.Combine(pipeline.Directory, "quarantine", pipeline.Quarantined()[0]), TestContext.Current.CancellationToken));

        // Of the eighth nothing is known, not even that it was a request.
        Assert.Equal((9, 8, 1), (pipeline.Ledger(LedgerOutcome.Received), pipeline.Ledger(LedgerOutcome.Stored), pipeline.Ledger(LedgerOutcome.Quarantined)));
        Assert.Equal(2, pipeline.Log.Of(2102).Count);
    }

    /// <summary>The range is read again for each part that the engine is offered, and once more after a fault.</summary>
    [Fact]
    public async Task WhatIsSetAside_IsOnTheMeterOnce_HoweverOftenItsRangeIsRead()
    {
        await using PipelineFixture pipeline = Patient();
        pipeline.Options.Journal.SegmentBytes = 1 << 20;
        pipeline.Start();
        await AppendAsync(pipeline, 3);
        await pipeline.AppendLogAsync(FaultyLogBatch.Trigger);
        await pipeline.AppendLogAsync("poison");
        await AppendAsync(pipeline, 3, first: 3);
        await pipeline.StopAtOnceAsync();
        string path = Assert.Single(Directory.GetFiles(pipeline.Directory, "*.journal"));
        byte[] bytes = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        bytes[SegmentHeader.Length + ((bytes.Length - SegmentHeader.Length) / 9)] ^= 1; // the body of the first
        await File.WriteAllBytesAsync(path, bytes, TestContext.Current.CancellationToken);

        pipeline.Options.MaxBatchDelay = TimeSpan.FromMilliseconds(5);
        int faults = 2;
        pipeline.Engine.OnInsert = batch =>
        {
            PipelineFixture.Refuse(batch, "poison");
            return batch is LogBatch && Interlocked.Decrement(ref faults) >= 0 ? throw new InvalidOperationException("a fault of Observe") : Task.CompletedTask;
        };
        pipeline.Start();
        var counted = new ConcurrentDictionary<string, long>();
        using MeterListener listener = pipeline.ListenToQuarantined(counted);
        await Eventually.TrueAsync("all is stored or set aside", () => pipeline.WaitingRecords == 0 && pipeline.Ledger(LedgerOutcome.Received) == 8);
        await pipeline.StopAsync();

        Assert.Equal(5, pipeline.Bodies().Count);
        Assert.Equal(["damaged=1", "refused=1", "undecodable=1"], counted.Select(reason => $"{reason.Key}={reason.Value}").Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task FrameOfAnUnknownKind_IsSetAsideAndCountedAndTheRestIsStored(bool isRestarted)
    {
        await using PipelineFixture pipeline = Patient();
        pipeline.Start();
        await AppendAsync(pipeline, 1);
        byte[] body = OtlpWriter.Request(OtlpWriter.Log("of another kind"));
        var tally = default(RecordTally);
        tally.Add(RejectReason.None, 1);
        Assert.Equal(
            AppendOutcome.Appended, await pipeline.Journal.AppendAsync(new((FrameKind)3, body, "sender", tally, UnixTime.Now(pipeline.Time), isRecognisable: false)));
        await AppendAsync(pipeline, 1, first: 1);
        if (isRestarted)
        {
            await pipeline.StopAtOnceAsync();
            pipeline.Start();
            Assert.Equal(3, pipeline.WaitingRecords);
        }

        SignalJournal journal = pipeline.Journal;
        await pipeline.StopAsync();

        Assert.Empty(journal.Waiting.All());
        Assert.Equal([Text(0), Text(1)], pipeline.Bodies());
        Assert.Equal(
            body,
            (await File.ReadAllBytesAsync(Path.Combine(pipeline.Directory, "quarantine", Assert.Single(pipeline.Quarantined())), TestContext.Current.CancellationToken))[^body.Length..]);
        Assert.Equal((3, 2, 1), (pipeline.Ledger(LedgerOutcome.Received), pipeline.Ledger(LedgerOutcome.Stored), pipeline.Ledger(LedgerOutcome.Quarantined)));
        Assert.Contains("of kind 3", pipeline.Log.Of(2112)[0], StringComparison.Ordinal);
        Assert.False(pipeline.Log.Has(2102));
    }

    [Theory]
    [InlineData(FaultyLogBatch.Trigger)]
    [InlineData("poison")]
    public async Task RequestSetAside_IsTakenWhenItsFileIsSentAgain(string text)
    {
        await using var pipeline = new PipelineFixture();
        pipeline.Engine.OnInsert = batch =>
        {
            PipelineFixture.Refuse(batch, "poison");
            return Task.CompletedTask;
        };
        pipeline.Start();
        await pipeline.AppendLogAsync(text);
        await pipeline.DrainAsync();

        Assert.Equal(AppendOutcome.Appended, await pipeline.AppendLogAsync(text));
        await pipeline.DrainAsync();
        await pipeline.StopAtOnceAsync();
        pipeline.Start();
        Assert.Equal(AppendOutcome.Appended, await pipeline.AppendLogAsync(text));
    }

    [Fact]
    public async Task Stop_RightAfterAnAppend_StoresIt()
    {
        await using PipelineFixture pipeline = Patient();
        pipeline.Options.Journal.Sync = JournalSync.Never;

        // The pipeline may have looked into the journal just before: a race, so it is run many times.
        for (int i = 0; i < 300; i++)
        {
            pipeline.Start();
            await pipeline.AppendLogAsync(Text(i));
            await pipeline.StopAsync();
            Assert.Equal(i + 1, pipeline.Bodies().Count);
        }
    }

    [Fact]
    public async Task Quarantine_ThatCannotBeWritten_KeepsTheRequestAndItsBatch()
    {
        await using var pipeline = new PipelineFixture();
        pipeline.Options.MaxBatchRows = 3;
        pipeline.Options.MaxBatchDelay = TimeSpan.FromSeconds(1);
        pipeline.Start();
        pipeline.Files.FailOn((FileCall.Write, ".otlp"));
        await pipeline.AppendLogAsync("a");
        await pipeline.AppendLogAsync(FaultyLogBatch.Trigger);
        await pipeline.AppendLogAsync("b");
        await pipeline.AppendLogAsync("c");
        await Eventually.TrueAsync("setting aside has failed", () => pipeline.Log.Has(2013));
        Assert.Equal(4, pipeline.WaitingRecords + pipeline.Ledger(LedgerOutcome.Received));

        pipeline.Files.Mend();
        await pipeline.DrainAsync();

        Assert.Equal(["a", "b", "c"], pipeline.Bodies());
        Assert.Single(pipeline.Quarantined());
        Assert.Equal((4, 3, 1), (pipeline.Ledger(LedgerOutcome.Received), pipeline.Ledger(LedgerOutcome.Stored), pipeline.Ledger(LedgerOutcome.Quarantined)));
    }

    [Fact]
    public async Task Fault_WhileABatchIsStored_CostsNeitherItNorWhatFollows()
    {
        await using var pipeline = new PipelineFixture();
        bool isFaulty = true;
        pipeline.Engine.OnInsert = batch => batch is LogBatch && Interlocked.Exchange(ref isFaulty, false)
            ? throw new InvalidOperationException("a fault of Observe")
            : Task.CompletedTask;
        pipeline.Start();

        await pipeline.AppendLogAsync("a");
        await Eventually.TrueAsync("the fault was logged", () => pipeline.Log.Has(2013));
        await pipeline.DrainAsync();
        foreach (string text in new[] { "b", "c" })
        {
            await pipeline.AppendLogAsync(text);
            await pipeline.DrainAsync();
        }

        Assert.Equal(["a", "b", "c"], pipeline.Bodies());
        Assert.Equal((3, 3), (pipeline.Ledger(LedgerOutcome.Received), pipeline.Ledger(LedgerOutcome.Stored)));
    }

    [Fact]
    public async Task Checkpoint_ThatCannotBeWritten_IsRepeatedAndNothingIsStoredBeforeTheIntent()
    {
        await using var pipeline = new PipelineFixture();
        pipeline.Start();
        pipeline.Files.FailOn((FileCall.Write, "checkpoint"));
        await pipeline.AppendLogAsync("a");
        await Eventually.TrueAsync("the intent has failed", () => pipeline.Log.Has(2010));
        Assert.Empty(pipeline.Engine.Inserts);
        pipeline.Files.Mend();
        await pipeline.DrainAsync();

        pipeline.Engine.OnInserted = batch =>
        {
            if (batch is IngestLedgerBatch)
            {
                pipeline.Files.FailOn((FileCall.Sync, "checkpoint"));
            }

            return Task.CompletedTask;
        };
        await pipeline.AppendLogAsync("b");
        await Eventually.TrueAsync("the commit has failed", () => pipeline.Log.Of(2010).Count >= 2);
        Assert.Equal(1, pipeline.WaitingRecords);
        pipeline.Files.Mend();
        await pipeline.DrainAsync();

        Assert.Equal(["a", "b"], pipeline.Bodies());
        Assert.Equal(2, pipeline.Log.Of(2014).Count);
    }

    [Fact]
    public async Task Ledger_AddsUpAtEveryMomentOfARandomRun()
    {
        int seed = Environment.TickCount;
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var random = new Random(seed);
        await using var pipeline = new PipelineFixture();
        long acknowledged = 0;
        bool isAway = false;
        int next = 0;
        pipeline.Engine.OnInsert = batch =>
        {
            if (Volatile.Read(ref isAway))
            {
                throw new StorageException(StorageError.Unavailable, "away");
            }

            PipelineFixture.Refuse(batch, "poison");
            return Task.CompletedTask;
        };
        pipeline.Start();
        for (int round = 0; round < 30; round++)
        {
            Volatile.Write(ref isAway, random.Next(2) == 0);
            for (int i = random.Next(1, 12); i > 0; i--)
            {
                string text = random.Next(8) switch
                {
                    0 => "poison",
                    1 => $"{FaultyLogBatch.Trigger} {next++}",
                    _ => $"log {next++}",
                };
                AppendOutcome outcome = await pipeline.AppendAsync(OtlpWriter.Request(OtlpWriter.Log(text), OtlpWriter.Log($"second {next++}")));
                acknowledged += outcome == AppendOutcome.Appended ? 2 : 0;
            }

            if (random.Next(3) == 0)
            {
                await pipeline.StopAtOnceAsync();
                pipeline.Start();
            }

            if (isAway)
            {
                // What an insert under way had begun may have ended before the engine went: nothing moves after that.
                await Eventually.TrueAsync(
                    $"waiting and the ledger make {acknowledged} (seed {seed})",
                    () => pipeline.WaitingRecords + pipeline.Ledger(LedgerOutcome.Received) == acknowledged,
                    TimeSpan.FromSeconds(20));
            }
            else
            {
                await pipeline.DrainAsync();
                Assert.Equal((seed, acknowledged), (seed, pipeline.Ledger(LedgerOutcome.Received)));
            }

            Assert.Equal(
                (seed, pipeline.Ledger(LedgerOutcome.Received)),
                (seed, pipeline.Ledger(LedgerOutcome.Stored) + pipeline.Ledger(LedgerOutcome.Rejected) + pipeline.Ledger(LedgerOutcome.Quarantined)));
        }

        Volatile.Write(ref isAway, false);
        await pipeline.DrainAsync();
        Assert.Equal(pipeline.Bodies().Count, pipeline.Ledger(LedgerOutcome.Stored));
        Assert.Equal(pipeline.Bodies().Count, pipeline.Bodies().Distinct().Count());
    }

    private static PipelineFixture Patient()
    {
        var pipeline = new PipelineFixture();
        pipeline.Options.MaxBatchDelay = TimeSpan.FromMinutes(5);
        return pipeline;
    }

    private static string Text(int index) => $"log {index:D6}";

    private static async Task AppendAsync(PipelineFixture pipeline, int count, int first = 0)
    {
        foreach (int[] group in Enumerable.Range(first, count).Chunk(100))
        {
            await Task.WhenAll(group.Select(i => pipeline.AppendLogAsync(Text(i))));
        }
    }
}
