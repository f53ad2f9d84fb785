using Observe.Ingest.Otlp;
using Observe.Storage.Batches;
using Observe.Storage.Engine;
using Observe.Tests.Hosting;

namespace Observe.Tests.Ingest.Pipeline;

/// <summary>The same run again and again, each time with the process dead at a later step; the next process takes over.</summary>
internal static class DeathAtEachStep
{
    /// <summary>More than any of these runs has: should a run never end without a death, it is the test that is wrong.</summary>
    private const int MaxSteps = 300;

    /// <summary>With an engine that refuses logs with the text "poison", before and after the death.</summary>
    public static Task<int> RunAsync(OtlpSignal signal, byte[][] requests, int batchRows, Action<PipelineFixture, int> check) =>
        RunAsync(signal, requests, batchRows, static batch => PipelineFixture.Refuse(batch, "poison"), static batch => PipelineFixture.Refuse(batch, "poison"), check);

    public static Task<int> RunAsync(
        OtlpSignal signal, byte[][] requests, int batchRows, Action<ColumnBatch> before, Action<ColumnBatch> after, Action<PipelineFixture, int> check) =>
        RunAsync(signal, requests, batchRows, before, after, (pipeline, step) =>
        {
            check(pipeline, step);
            return Task.CompletedTask;
        });

    /// <param name="signal">What the requests hold.</param>
    /// <param name="requests">What is sent; again after the death, where it was not acknowledged.</param>
    /// <param name="batchRows">Rows of the only batch.</param>
    /// <param name="before">What the engine refuses until the death, asked for each day of an insert.</param>
    /// <param name="after">What it refuses then.</param>
    /// <param name="check">What must be true after each of the deaths, and after none.</param>
    /// <param name="real">The engine that keeps the rows, if it is not the test's own.</param>
    /// <param name="stride">How many steps later the next death is.</param>
    /// <returns>How many steps the run has at which it can die.</returns>
    public static async Task<int> RunAsync(
        OtlpSignal signal,
        byte[][] requests,
        int batchRows,
        Action<ColumnBatch> before,
        Action<ColumnBatch> after,
        Func<PipelineFixture, int, Task> check,
        IStorageEngine? real = null,
        int stride = 1)
    {
        for (int step = 1; step < MaxSteps; step += stride)
        {
            await using var pipeline = new PipelineFixture(signal, real);
            pipeline.Options.MaxBatchRows = batchRows;
            pipeline.Options.MaxBatchDelay = TimeSpan.FromSeconds(30);
            pipeline.Options.Journal.SegmentBytes = 256; // several segments, so that there is something to delete
            pipeline.Engine.OnDay = before;
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
            pipeline.Engine.OnInsert = _ => Task.CompletedTask;
            pipeline.Engine.OnDay = after;
            pipeline.Engine.OnInserted = _ => Task.CompletedTask;

            pipeline.Options.MaxBatchDelay = TimeSpan.FromMilliseconds(1);
            pipeline.Start();
            foreach (byte[] request in unacknowledged)
            {
                Assert.Null((await pipeline.AppendAsync(request)).Failure);
            }

            await pipeline.DrainAsync();
            await check(pipeline, step);
            if (!hasDied)
            {
                return step - 1;
            }
        }

        throw new InvalidOperationException($"The run has more than {MaxSteps} steps.");
    }

    public static void AssertLedger(PipelineFixture pipeline, int step, long received, long stored, long quarantined) => Assert.Equal(
        (step, received, stored, quarantined),
        (step, pipeline.Ledger(LedgerOutcome.Received), pipeline.Ledger(LedgerOutcome.Stored), pipeline.Ledger(LedgerOutcome.Quarantined)));
}
