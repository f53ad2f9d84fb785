using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Observe.Ingest;
using Observe.Ingest.Catalog;
using Observe.Ingest.Journal;
using Observe.Ingest.Ledger;
using Observe.Ingest.Otlp;
using Observe.Ingest.Otlp.Decoding;
using Observe.Ingest.Pipeline;
using Observe.Storage.Batches;
using Observe.Storage.Engine;
using Observe.Storage.Results;
using Observe.Tests.Hosting;
using Observe.Tests.Ingest.Journal;

namespace Observe.Tests.Ingest.Pipeline;

/// <summary>One signal's journal and pipeline before an engine of the test, without receivers; can be started again on the same directory.</summary>
internal sealed class PipelineFixture : IMeterFactory, IAsyncDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly OtlpSignal _signal;
    private readonly List<Meter> _meters = [];
    private SignalJournal? _journal;
    private BatchPipeline? _pipeline;

    public PipelineFixture(OtlpSignal signal = OtlpSignal.Logs, IStorageEngine? real = null)
    {
        Engine = new(real);
        _signal = signal;
        Options.Journal.SegmentBytes = 4096;
        Options.MaxBatchDelay = TimeSpan.FromMilliseconds(5);
    }

    public IngestOptions Options { get; } = new();

    public FakeEngine Engine { get; }

    public FaultyFiles Files { get; } = new();

    public TimeProvider Time { get; set; } = TimeProvider.System;

    public LogLines Log { get; } = new();

    public SignalJournal Journal => _journal!;

    public string Directory => Path.Combine(_directory.FullName, "signal");

    public long WaitingRecords => Journal.Waiting.All().Sum(sender => sender.Records);

    public void Start()
    {
        var space = new JournalSpace(1 << 30);
        SignalJournal journal = _journal = SignalJournal.Open(_signal, Directory, Options.Journal, space, Files, Time, Log);
        FieldSignal fields = _signal == OtlpSignal.Logs ? FieldSignal.Logs : _signal == OtlpSignal.Metrics ? FieldSignal.Metrics : FieldSignal.Spans;
        var catalog = new SignalCatalog(fields);
        var meter = new IngestMeter(this);
        var store = new BatchStore(_signal, journal, Engine, meter, CreateBatch, Time, Log);
        _pipeline = new(_signal, journal, CreateBatch, new BatchFiller(_signal, journal, Log), store, Options, Time, Log);

        OpenBatch CreateBatch() => new(CreateRows(catalog), new BatchLedger(fields));
    }

    private SignalBatch CreateRows(SignalCatalog catalog) => _signal switch
    {
        OtlpSignal.Logs => new FaultyLogBatch(catalog),
        OtlpSignal.Metrics => new MetricSignalBatch(catalog),
        _ => new SpanSignalBatch(catalog),
    };

    /// <summary>Ends without storing what waits.</summary>
    public Task StopAtOnceAsync() => EndAsync(new CancellationToken(canceled: true));

    /// <summary>Stores what waits, then ends.</summary>
    public Task StopAsync() => EndAsync(TestContext.Current.CancellationToken);

    private async Task EndAsync(CancellationToken cancellationToken)
    {
        if (_pipeline is { } pipeline)
        {
            _pipeline = null;
            await pipeline.StopAsync(cancellationToken).WaitAsync(TimeSpan.FromSeconds(30), CancellationToken.None);
            pipeline.Dispose();
            _journal!.Dispose();
        }
    }

    /// <summary>Appends a request as the receivers do.</summary>
    public async Task<AppendOutcome> AppendAsync(byte[] body, string sender = "sender")
    {
        RecordTally tally = OtlpValidator.Validate(_signal, body, long.MaxValue);
        return await Journal.AppendAsync(new(FrameKind.Request, body, sender, tally, UnixTime.Now(Time), isRecognisable: tally.Untimed == 0));
    }

    public Task<AppendOutcome> AppendLogAsync(string text) => AppendAsync(OtlpWriter.Request(OtlpWriter.Log(text)));

    /// <summary>Ends when everything that was acknowledged is in the engine.</summary>
    public Task DrainAsync() => Eventually.TrueAsync("the journal is empty", () => Journal.Waiting.All().Count == 0);

    /// <summary>The bodies of the logs in the engine, in the order in which they came.</summary>
    public IReadOnlyList<string> Bodies() =>
        [.. Engine.Of("logs").SelectMany(static block => Enumerable.Range(0, block.RowCount).Select(row => block["Body"].GetString(row)))];

    /// <summary>Records in the ledger.</summary>
    public long Ledger(LedgerOutcome outcome)
    {
        long records = 0;
        foreach (ResultBlock block in Engine.Ledger)
        {
            for (int row = 0; row < block.RowCount; row++)
            {
                records += block["Outcome"].GetInt64(row) == (long)outcome ? block["Records"].GetInt64(row) : 0;
            }
        }

        return records;
    }

    /// <summary>Counts what the meter of this fixture says was set aside, by reason, from now on.</summary>
    public MeterListener ListenToQuarantined(ConcurrentDictionary<string, long> byReason)
    {
        var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (_meters.Contains(instrument.Meter) && instrument.Name == "observe.ingest.records.quarantined")
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, value, tags, _) =>
        {
            foreach (KeyValuePair<string, object?> tag in tags)
            {
                if (tag.Key == "reason")
                {
                    byReason.AddOrUpdate((string)tag.Value!, value, (_, sum) => sum + value);
                }
            }
        });
        listener.Start();
        return listener;
    }

    /// <summary>Refuses tables with a log of this text, as the engine refuses rows.</summary>
    public static void Refuse(ColumnBatch batch, string text)
    {
        if (batch is LogBatch && BatchRows.Read(batch) is var rows && Enumerable.Range(0, rows.RowCount).Any(row => rows["Body"].GetString(row) == text))
        {
            throw new StorageException(StorageError.BadStatement, "not these rows");
        }
    }

    public string[] Quarantined() => Path.Combine(Directory, Quarantine.DirectoryName) is var directory && System.IO.Directory.Exists(directory)
        ? [.. System.IO.Directory.GetFiles(directory).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)]
        : [];

    Meter IMeterFactory.Create(MeterOptions options)
    {
        var meter = new Meter(options);
        _meters.Add(meter);
        return meter;
    }

    void IDisposable.Dispose()
    {
    }

    public async ValueTask DisposeAsync()
    {
        Files.Mend();
        Engine.OnInsert = _ => Task.CompletedTask;
        Engine.OnDay = _ => { };
        Engine.OnInserted = _ => Task.CompletedTask;
        await StopAtOnceAsync();
        _meters.ForEach(static meter => meter.Dispose());
        _directory.Dispose();
    }
}
