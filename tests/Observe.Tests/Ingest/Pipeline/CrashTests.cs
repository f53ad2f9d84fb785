using Observe.Ingest.Otlp;
using Observe.Storage.Batches;
using Observe.Tests.Hosting;

namespace Observe.Tests.Ingest.Pipeline;

/// <summary>The process dies between every two steps of storing a batch; the next one takes over.</summary>
public sealed class CrashTests
{
    /// <summary>More than any of these runs has: should a run never end without a death, it is the test that is wrong.</summary>
    private const int MaxSteps = 300;

    [Fact]
    public async Task Logs_AfterADeathAtAnyStep_AreThereOnceAndTheLedgerAddsUp()
    {
        int steps = await DieAtEachStepAsync(
            OtlpSignal.Logs,
            [.. Enumerable.Range(0, 6).Select(i => OtlpWriter.Request(OtlpWriter.Log($"log {i}")))],
            batchRows: 6,
            (pipeline, step) =>
            {
                Assert.Equal(Enumerable.Range(0, 6).Select(i => $"log {i}"), pipeline.Bodies());
                AssertLedger(pipeline, step, received: 6, stored: 6, quarantined: 0);
            });

        // Intent and commit with their syncs, five tables with the begin and the end of each.
        Assert.True(steps >= 14, $"{steps} steps");
    }

    [Fact]
    public async Task Metrics_AfterADeathAtAnyStep_AreThereOnceInEveryTable()
    {
        Dictionary<string, int> expected = [];
        int steps = await DieAtEachStepAsync(
            OtlpSignal.Metrics,
            [OtlpSamples.Metrics, OtlpWriter.Request(OtlpWriter.Gauge("other", point => point.Fixed64(3, OtlpWriter.Time).Double(4, 1)))],
            batchRows: 6,
            (pipeline, step) =>
            {
                Dictionary<string, int> rows = pipeline.Engine.Inserts.GroupBy(insert => insert.Table).ToDictionary(table => table.Key, table => table.Sum(insert => insert.Rows.RowCount));
                expected = expected.Count == 0 ? rows : expected;
                Assert.Equal(expected.OrderBy(table => table.Key, StringComparer.Ordinal), rows.OrderBy(table => table.Key, StringComparer.Ordinal));
                AssertLedger(pipeline, step, received: 6, stored: 6, quarantined: 0);
            });

        Assert.True(expected.Count >= 7, string.Join(", ", expected.Keys));
        Assert.True(steps >= 20, $"{steps} steps");
    }

    [Fact]
    public async Task LogsWithARefusedRequest_AfterADeathAtAnyStep_AreThereOnceAndTheRefusedIsSetAside() => await DieAtEachStepAsync(
        OtlpSignal.Logs,
        [.. Enumerable.Range(0, 6).Select(i => OtlpWriter.Request(OtlpWriter.Log(i == 3 ? "poison" : $"log {i}")))],
        batchRows: 6,
        (pipeline, step) =>
        {
            Assert.Equal(["log 0", "log 1", "log 2", "log 4", "log 5"], pipeline.Bodies().Order(StringComparer.Ordinal));
            Assert.EndsWith(".refused.otlp", Assert.Single(pipeline.Quarantined()), StringComparison.Ordinal);
            AssertLedger(pipeline, step, received: 6, stored: 5, quarantined: 1);
        });

    [Fact]
    public async Task LogsWithAnUndecodableRequest_AfterADeathAtAnyStep_AreThereOnceAndTheUndecodableIsSetAside() => await DieAtEachStepAsync(
        OtlpSignal.Logs,
        [.. Enumerable.Range(0, 6).Select(i => OtlpWriter.Request(OtlpWriter.Log(i == 3 ? FaultyLogBatch.Trigger : $"log {i}")))],
        batchRows: 5,
        (pipeline, step) =>
        {
            Assert.Equal(["log 0", "log 1", "log 2", "log 4", "log 5"], pipeline.Bodies());
            Assert.EndsWith(".undecodable.otlp", Assert.Single(pipeline.Quarantined()), StringComparison.Ordinal);
            AssertLedger(pipeline, step, received: 6, stored: 5, quarantined: 1);
        });

    private static void AssertLedger(PipelineFixture pipeline, int step, long received, long stored, long quarantined) => Assert.Equal(
        (step, received, stored, quarantined),
        (step, pipeline.Ledger(LedgerOutcome.Received), pipeline.Ledger(LedgerOutcome.Stored), pipeline.Ledger(LedgerOutcome.Quarantined)));

    /// <returns>How many steps the run has at which it can die.</returns>
    private static async Task<int> DieAtEachStepAsync(OtlpSignal signal, byte[][] requests, int batchRows, Action<PipelineFixture, int> check)
    {
        for (int step = 1; step < MaxSteps; step++)
        {
            await using var pipeline = new PipelineFixture(signal);
            pipeline.Options.MaxBatchRows = batchRows;
            pipeline.Options.MaxBatchDelay = TimeSpan.FromSeconds(30);
            pipeline.Options.Journal.SegmentBytes = 256; // several segments, so that there is something to delete
            pipeline.Engine.OnInsert = batch =>
            {
                PipelineFixture.Refuse(batch, "poison");
                return Task.CompletedTask;
            };
            Func<ColumnBatch, Task> engine = pipeline.Engine.OnInsert;
            pipeline.Start();
            var death = new Death(pipeline, step);
            var unacknowledged = new List<byte[]>();
            foreach (byte[] request in requests)
            {
                if ((await pipeline.AppendAsync(request)).Failure is not null)
                {
                    unacknowledged.Add(request);
                }
            }

            await Eventually.TrueAsync("all is stored, or the process is dead", () => death.HasHappened || pipeline.Journal.Waiting.All().Count == 0);
            bool hasDied = death.HasHappened;
            await pipeline.StopAtOnceAsync();
            pipeline.Files.Mend();
            pipeline.Engine.OnInsert = engine;
            pipeline.Engine.OnInserted = _ => Task.CompletedTask;

            pipeline.Options.MaxBatchDelay = TimeSpan.FromMilliseconds(1);
            pipeline.Start();
            foreach (byte[] request in unacknowledged)
            {
                Assert.Null((await pipeline.AppendAsync(request)).Failure);
            }

            await pipeline.DrainAsync();
            check(pipeline, step);
            if (!hasDied)
            {
                return step - 1;
            }
        }

        throw new InvalidOperationException($"The run has more than {MaxSteps} steps.");
    }
}
