using Observe.Ingest.Otlp;

namespace Observe.Tests.Ingest.Pipeline;

/// <summary>The process dies between every two steps of storing a batch; the next one takes over.</summary>
public sealed class CrashTests
{
    [Fact]
    public async Task Logs_AfterADeathAtAnyStep_AreThereOnceAndTheLedgerAddsUp()
    {
        int steps = await DeathAtEachStep.RunAsync(
            OtlpSignal.Logs,
            [.. Enumerable.Range(0, 6).Select(i => OtlpWriter.Request(OtlpWriter.Log($"log {i}")))],
            batchRows: 6,
            (pipeline, step) =>
            {
                Assert.Equal(Enumerable.Range(0, 6).Select(i => $"log {i}"), pipeline.Bodies());
                DeathAtEachStep.AssertLedger(pipeline, step, received: 6, stored: 6, quarantined: 0);
            });

        // Intent and commit with their syncs, five tables with the begin and the end of each.
        Assert.True(steps >= 14, $"{steps} steps");
    }

    [Fact]
    public async Task Metrics_AfterADeathAtAnyStep_AreThereOnceInEveryTable()
    {
        Dictionary<string, int> expected = [];
        int steps = await DeathAtEachStep.RunAsync(
            OtlpSignal.Metrics,
            [OtlpSamples.Metrics, OtlpWriter.Request(OtlpWriter.Gauge("other", point => point.Fixed64(3, OtlpWriter.Time).Double(4, 1)))],
            batchRows: 6,
            (pipeline, step) =>
            {
                Dictionary<string, int> rows = pipeline.Engine.Inserts.GroupBy(insert => insert.Table).ToDictionary(table => table.Key, table => table.Sum(insert => insert.Rows.RowCount));
                expected = expected.Count == 0 ? rows : expected;
                Assert.Equal(expected.OrderBy(table => table.Key, StringComparer.Ordinal), rows.OrderBy(table => table.Key, StringComparer.Ordinal));
                DeathAtEachStep.AssertLedger(pipeline, step, received: 6, stored: 6, quarantined: 0);
            });

        Assert.True(expected.Count >= 7, string.Join(", ", expected.Keys));
        Assert.True(steps >= 20, $"{steps} steps");
    }

    [Fact]
    public async Task LogsWithARefusedRequest_AfterADeathAtAnyStep_AreThereOnceAndTheRefusedIsSetAside() => await DeathAtEachStep.RunAsync(
        OtlpSignal.Logs,
        [.. Enumerable.Range(0, 6).Select(i => OtlpWriter.Request(OtlpWriter.Log(i == 3 ? "poison" : $"log {i}")))],
        batchRows: 6,
        (pipeline, step) =>
        {
            Assert.Equal(["log 0", "log 1", "log 2", "log 4", "log 5"], pipeline.Bodies().Order(StringComparer.Ordinal));
            Assert.Single(pipeline.Quarantined(), file => file.EndsWith(".refused.otlp", StringComparison.Ordinal));
            DeathAtEachStep.AssertLedger(pipeline, step, received: 6, stored: 5, quarantined: 1);
        });

    [Fact]
    public async Task LogsWithAnUndecodableRequest_AfterADeathAtAnyStep_AreThereOnceAndTheUndecodableIsSetAside() => await DeathAtEachStep.RunAsync(
        OtlpSignal.Logs,
        [.. Enumerable.Range(0, 6).Select(i => OtlpWriter.Request(OtlpWriter.Log(i == 3 ? FaultyLogBatch.Trigger : $"log {i}")))],
        batchRows: 5,
        (pipeline, step) =>
        {
            Assert.Equal(["log 0", "log 1", "log 2", "log 4", "log 5"], pipeline.Bodies());

            // Beside it there may be the beginning of a segment that the death cut short.
            Assert.Single(pipeline.Quarantined(), file => file.EndsWith(".undecodable.otlp", StringComparison.Ordinal));
            DeathAtEachStep.AssertLedger(pipeline, step, received: 6, stored: 5, quarantined: 1);
        });
}
