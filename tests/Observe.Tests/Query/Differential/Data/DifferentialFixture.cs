using Observe.Ingest.Pipeline;
using Observe.Ingest.Otlp;
using Observe.Query.Compilation.Pipeline;
using Observe.Query.Fields;
using Observe.Query.Language;
using Observe.Query.Search;
using Observe.Query.Time;
using Observe.Storage.Batches;
using Observe.Storage.Engine;
using Observe.Tests.Ingest.Otlp;
using Observe.Tests.Query.Seeds;
using Observe.Tests.Storage;

namespace Observe.Tests.Query.Differential.Data;

/// <summary>One data set, in memory and, through the decoders of ingest, in the engine.</summary>
public sealed class DifferentialFixture(EngineFixture engines) : IAsyncLifetime
{
    /// <summary>Requests of each signal: the engine gets a part for each day of each.</summary>
    private const int Requests = 2;

    private static int _databases;

    /// <summary>The seed of data and queries: OBSERVE_DIFFERENTIAL_SEED, or another one each time.</summary>
    public int Seed { get; } = int.TryParse(Environment.GetEnvironmentVariable("OBSERVE_DIFFERENTIAL_SEED"), out int seed) ? seed : Random.Shared.Next();

    /// <summary>How many times as many queries as in an ordinary run: OBSERVE_DIFFERENTIAL_FACTOR.</summary>
    public int Factor { get; } = int.TryParse(Environment.GetEnvironmentVariable("OBSERVE_DIFFERENTIAL_FACTOR"), out int factor) ? factor : 1;

    /// <summary>A range in which all records lie.</summary>
    public static TimeRange Range { get; } =
        new(RandomRecords.Base - (2 * 86_400 * RandomRecords.Second), RandomRecords.Base + (2 * 86_400 * RandomRecords.Second));

    internal static TimeProvider Time { get; } =
        new FixedTime(DateTimeOffset.UnixEpoch.AddTicks((RandomRecords.Base + (7200 * RandomRecords.Second)) / TimeSpan.NanosecondsPerTick));

    internal IReadOnlyList<TestRecord> Records { get; private set; } = [];

    internal IStorageEngine Engine { get; private set; } = null!;

    private FieldTypeReader Types { get; set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Engine = await engines.DatabaseAsync($"differential_{Interlocked.Increment(ref _databases)}");
        Records = RandomRecords.Create(Seed, logs: 300, spans: 200);
        // Metric series are not compared: they share every target and stage with these, and what is their own has cases (series.txt).
        foreach (SearchSignal signal in (SearchSignal[])[SearchSignal.Logs, SearchSignal.Spans])
        {
            TestRecord[] records = [.. Records.Where(record => record.Signal == signal)];
            SignalBatch batch = Decoded.CreateBatch(signal == SearchSignal.Logs ? OtlpSignal.Logs : OtlpSignal.Traces);
            foreach (TestRecord[] part in records.Chunk((records.Length / Requests) + 1))
            {
                batch.Decode(TestRequests.Write(part), 0);
                batch.Finish();
                foreach (ColumnBatch table in batch.Tables.Where(table => table.RowCount > 0))
                {
                    await Engine.InsertAsync(table, null, TestContext.Current.CancellationToken);
                }

                // Not committed, so that what records refer to is written again with the next batch, as another process would.
                batch.Clear();
            }
        }

        Types = new FieldTypeReader(TestQueryEngine.Over(Engine), new KnownFields(Engine), Time);
    }

    /// <summary>The query compiled with nothing known of its fields, and with what the catalogue knows of them, as searches are.</summary>
    internal async Task<IReadOnlyList<(string Way, CompiledPipeline Compiled)>> CompileAsync(ParsedQuery query, TimeRange range, int limit, CancellationToken cancellationToken)
    {
        CompiledPipeline plain = PipelineCompiler.Compile(query, range, limit, Time);
        FieldTypes types = await Types.GetAsync(query.Signal, plain.Fields, range, cancellationToken);
        return [("without types", plain), ("with types", PipelineCompiler.Compile(query, range, limit, Time, types))];
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
