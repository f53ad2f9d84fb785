using System.Globalization;
using Observe.Ingest.Journal;
using Observe.Ingest.Otlp;
using Observe.Storage.Batches;
using Observe.Storage.Engine;
using Observe.Tests.Hosting;

namespace Observe.Tests.Ingest.Pipeline;

/// <summary>
/// The process dies between every two steps of storing a batch in parts, and the engine of the next one takes all that this one refused: its
/// memory limit is gone, or it is a newer version.
/// </summary>
public sealed class IsolationCrashTests
{
    private const int Requests = 8;

    [Fact]
    public async Task Logs_WithARequestThatIsRefusedUntilTheDeath_AreThereOnce()
    {
        byte[][] requests = [.. Enumerable.Range(0, Requests).Select(i => OtlpWriter.Request(OtlpWriter.Log($"log {i}")))];
        int steps = await DeathAtEachStep.RunAsync(
            OtlpSignal.Logs, requests, Requests, static batch => PipelineFixture.Refuse(batch, "log 5"), static _ => { }, (pipeline, step) => AssertLogs(pipeline, step, requests));

        Assert.True(steps >= 40, $"{steps} steps");
    }

    [Fact]
    public async Task Logs_OfWhichTheEngineTakesOnlyFewAtOnceUntilTheDeath_AreThereOnce()
    {
        byte[][] requests = [.. Enumerable.Range(0, Requests).Select(i => OtlpWriter.Request(OtlpWriter.Log($"log {i}")))];
        await DeathAtEachStep.RunAsync(
            OtlpSignal.Logs, requests, Requests, static batch => RefuseMany(batch, "logs"), static _ => { }, (pipeline, step) =>
            {
                AssertLogs(pipeline, step, requests);
                Assert.Empty(pipeline.Quarantined());
            });
    }

    [Fact]
    public async Task Metrics_OfSeveralDaysOfWhichTheEngineTakesOnlyFewAtOnceUntilTheDeath_AreThereOnce()
    {
        const ulong Day = 86_400_000_000_000;
        byte[][] requests =
            [.. Enumerable.Range(0, Requests).Select(i => OtlpWriter.Request(OtlpWriter.Gauge(
                $"gauge {i}", point => point.Fixed64(3, OtlpWriter.Time + ((ulong)(i % 3) * Day)).Double(4, i))))];
        int steps = await DeathAtEachStep.RunAsync(
            OtlpSignal.Metrics,
            requests,
            Requests,
            static batch =>
            {
                RefuseMany(batch, "metric_series");
                RefuseMany(batch, "number_points");
                if (batch is NumberPointBatch points && points.Value.Values.Contains(4))
                {
                    throw new StorageException(StorageError.BadStatement, "not these rows");
                }
            },
            static _ => { },
            (pipeline, step) =>
            {
                int[] setAside = SetAside(pipeline, requests);
                int[] expected = [.. Enumerable.Range(0, Requests).Except(setAside)];
                AssertNumbers(step, Enumerable.Range(0, Requests), Texts(pipeline, "metric_series", "MetricName").Select(NumberOf).Distinct());
                AssertNumbers(step, expected, Values(pipeline));
                DeathAtEachStep.AssertLedger(pipeline, step, Requests, expected.Length, setAside.Length);
            });

        Assert.True(steps >= 60, $"{steps} steps");
    }

    [Fact]
    public async Task Logs_WhoseResourcesAreRefusedUntilTheDeath_AreThereOnceInBothTables()
    {
        byte[][] requests = [.. Enumerable.Range(0, Requests).Select(i => OtlpWriter.Request($"service {i}", OtlpWriter.Log($"log {i}")))];
        await DeathAtEachStep.RunAsync(
            OtlpSignal.Logs,
            requests,
            Requests,
            static batch =>
            {
                RefuseMany(batch, "resources");
                RefuseMany(batch, "logs");
                RefuseText(batch, "resources", "ServiceName", "service 2");
            },
            static _ => { },
            (pipeline, step) =>
            {
                AssertLogs(pipeline, step, requests);
                Assert.Equal(
                    Texts(pipeline, "logs", "Body").Select(text => text.Replace("log", "service", StringComparison.Ordinal)).Order(StringComparer.Ordinal),
                    Texts(pipeline, "resources", "ServiceName").Order(StringComparer.Ordinal));
            });
    }

    [Fact]
    public async Task Metrics_WithTwoTablesThatAreRefusedUntilTheDeath_AreThereOnceInEach()
    {
        byte[][] requests =
            [.. Enumerable.Range(0, Requests).Select(i => OtlpWriter.Request(OtlpWriter.Gauge($"gauge {i}", point => point.Fixed64(3, OtlpWriter.Time).Double(4, i))))];
        await DeathAtEachStep.RunAsync(
            OtlpSignal.Metrics,
            requests,
            Requests,
            static batch =>
            {
                RefuseMany(batch, "metric_series");
                RefuseMany(batch, "number_points");
                RefuseText(batch, "metric_series", "MetricName", "gauge 6");
            },
            static _ => { },
            (pipeline, step) =>
            {
                int[] setAside = SetAside(pipeline, requests);
                int[] expected = [.. Enumerable.Range(0, Requests).Except(setAside)];
                AssertNumbers(step, expected, Texts(pipeline, "metric_series", "MetricName").Select(NumberOf));
                AssertNumbers(step, expected, Values(pipeline));
                DeathAtEachStep.AssertLedger(pipeline, step, Requests, expected.Length, setAside.Length);
            });
    }

    [Fact]
    public async Task Metrics_RefusedByALaterTable_AreSetAsideWithTheNamesOfTheTablesThatTookThem()
    {
        await using var pipeline = new PipelineFixture(OtlpSignal.Metrics);
        pipeline.Engine.OnInsert = batch => batch.Table == "number_points" ? throw new StorageException(StorageError.BadStatement, "not these rows") : Task.CompletedTask;
        pipeline.Start();
        await pipeline.AppendAsync(OtlpWriter.Request(OtlpWriter.Gauge("gauge 1", point => point.Fixed64(3, OtlpWriter.Time).Double(4, 1))));
        await pipeline.DrainAsync();

        string line = Assert.Single(pipeline.Log.Of(2015));
        Assert.Contains("into number_points", line, StringComparison.Ordinal);
        Assert.EndsWith("Stored of it: resources, scopes, fields, metric_series.", line, StringComparison.Ordinal);
        DeathAtEachStep.AssertLedger(pipeline, 0, received: 1, stored: 0, quarantined: 1);
    }

    [Fact]
    public async Task Logs_WithATableInPartsThatThisVersionDoesNotKnow_AreThereOnceAndItIsSaid()
    {
        await using var pipeline = new PipelineFixture();
        pipeline.Engine.OnInsert = _ => throw new StorageException(StorageError.Unavailable, "away");
        pipeline.Start();
        await pipeline.AppendLogAsync("log 0");
        await Eventually.TrueAsync("the batch is begun", () => pipeline.Journal.IntentEnd is not null);
        pipeline.Journal.NoteIsolation(new(TableIsolation.KeyOf("gone"), 0, 1));
        await pipeline.StopAtOnceAsync();

        pipeline.Engine.OnInsert = _ => Task.CompletedTask;
        pipeline.Start();
        await pipeline.DrainAsync();

        Assert.Equal(["log 0"], pipeline.Bodies());
        Assert.Single(pipeline.Log.Of(2018));
    }

    /// <summary>Each log is in the engine or in the quarantine, never in both, and the ledger says so.</summary>
    private static void AssertLogs(PipelineFixture pipeline, int step, byte[][] requests)
    {
        int[] setAside = SetAside(pipeline, requests);
        int[] expected = [.. Enumerable.Range(0, requests.Length).Except(setAside)];
        AssertNumbers(step, expected, pipeline.Bodies().Select(NumberOf));
        DeathAtEachStep.AssertLedger(pipeline, step, requests.Length, expected.Length, setAside.Length);
    }

    private static void AssertNumbers(int step, IEnumerable<int> expected, IEnumerable<int> actual) =>
        Assert.Equal((step, string.Join(' ', expected)), (step, string.Join(' ', actual.Order())));

    /// <summary>The numbers of the requests in the quarantine; each file must be whole.</summary>
    private static int[] SetAside(PipelineFixture pipeline, byte[][] requests) =>
    [
        .. pipeline.Quarantined().Where(file => file.EndsWith(".otlp", StringComparison.Ordinal)).Select(file =>
        {
            byte[] body = File.ReadAllBytes(Path.Combine(pipeline.Directory, Quarantine.DirectoryName, file));
            return Array.FindIndex(requests, request => request.AsSpan().SequenceEqual(body));
        }),
    ];

    private static int NumberOf(string text) => int.Parse(text[(text.IndexOf(' ', StringComparison.Ordinal) + 1)..], CultureInfo.InvariantCulture);

    private static IEnumerable<string> Texts(PipelineFixture pipeline, string table, string column) =>
        pipeline.Engine.Of(table).SelectMany(block => Enumerable.Range(0, block.RowCount).Select(row => block[column].GetString(row)));

    private static IEnumerable<int> Values(PipelineFixture pipeline) =>
        pipeline.Engine.Of("number_points").SelectMany(block => Enumerable.Range(0, block.RowCount).Select(row => (int)block["Value"].GetFloat64(row)));

    /// <summary>Refuses inserts with more than two rows, as an engine with little memory does.</summary>
    private static void RefuseMany(ColumnBatch batch, string table)
    {
        if (batch.Table == table && batch.RowCount > 2)
        {
            throw new StorageException(StorageError.BadStatement, "too many rows");
        }
    }

    private static void RefuseText(ColumnBatch batch, string table, string column, string text)
    {
        if (batch.Table == table && BatchRows.Read(batch) is var rows && Enumerable.Range(0, rows.RowCount).Any(row => rows[column].GetString(row) == text))
        {
            throw new StorageException(StorageError.BadStatement, "not these rows");
        }
    }
}
