using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Observe.Ingest.Cardinality;
using Observe.Ingest.Catalog;
using Observe.Ingest.Journal;
using Observe.Ingest.Journal.Files;
using Observe.Ingest.Ledger;
using Observe.Ingest.Memory;
using Observe.Ingest.Otlp;
using Observe.Ingest.Otlp.Decoding;
using Observe.Ingest.Wire;
using Observe.Storage;
using Observe.Storage.Batches;
using Observe.Storage.Engine;

namespace Observe.Ingest.Pipeline;

/// <summary>Where both receivers hand over what they received: checks a request, and keeps it safe until its records are in the engine.</summary>
internal sealed class IngestPipelines(
    IStorageEngine engine,
    IOptions<IngestOptions> ingestOptions,
    IOptions<StorageOptions> storageOptions,
    IJournalFiles files,
    IngestMeter meter,
    RefusalCounts refusals,
    TimeProvider time,
    ILogger<IngestPipelines> logger) : IAsyncDisposable
{
    /// <summary>
    /// What a request's rows may take, in requests of the largest size: by default 256 MiB, which is about a million small records. Exporters
    /// send hundreds, collectors thousands.
    /// </summary>
    private const int MaxGrowth = 4;

    private const string DefaultDirectory = "journal";

    private readonly IngestOptions _options = ingestOptions.Value;
    private readonly RecordLimits _limits = RecordLimits.Of(ingestOptions.Value);
    private readonly long _maxDecodedBytes = (long)ingestOptions.Value.MaxRequestBytes * MaxGrowth;
    private readonly ResentCounts _resent = new();
    private readonly SeriesAdmission _admission = Admission(ingestOptions.Value, engine, logger);
    private SignalPipeline[] _signals = [];
    private LedgerNoteWriter? _notes;
    private bool _isStopped;

    /// <summary>One of each signal, once <see cref="Start"/> was called.</summary>
    public IReadOnlyList<SignalPipeline> Signals => _signals;

    /// <summary>The room on disk that the journals share.</summary>
    public JournalSpace Space { get; } = new(ingestOptions.Value.Journal.MaxBytes);

    /// <summary>Opens the journals and begins to store what they hold. The data directory must be this process's own by now.</summary>
    /// <exception cref="IngestStartException">A journal cannot be opened.</exception>
    public void Start()
    {
        string directory = _options.Journal.Directory is { Length: > 0 } configured
            ? configured
            : Path.Combine(storageOptions.Value.DataDirectory, DefaultDirectory);
        try
        {
            _signals =
            [
                Open(OtlpSignal.Logs, FieldSignal.Logs, directory, static catalog => new LogSignalBatch(catalog)),
                Open(OtlpSignal.Metrics, FieldSignal.Metrics, directory, static catalog => new MetricSignalBatch(catalog)),
                Open(OtlpSignal.Traces, FieldSignal.Spans, directory, static catalog => new SpanSignalBatch(catalog)),
            ];
        }
        catch (JournalException e)
        {
            throw new IngestStartException(e.Message, e);
        }

        _notes = new(refusals, _resent, signal => Of(signal).Journal, _options.LedgerInterval, time);
        _notes.Start();
        meter.Watch(JournalFigures.Of(_signals, time));
    }

    /// <summary>Takes on a request's records. Ends when they are safe in the journal.</summary>
    /// <param name="signal">What the request holds.</param>
    /// <param name="sender">Who sent it.</param>
    /// <param name="body">Its protobuf bytes; owned by this call from now on.</param>
    /// <exception cref="IngestException">Nothing was kept.</exception>
    public async Task<IngestReceipt> AcceptAsync(OtlpSignal signal, string sender, PooledBuffer body)
    {
        using (body)
        {
            AdmissionForecast? forecast = signal == OtlpSignal.Metrics && !_admission.Reached.IsEmpty ? new(_admission.Reached, _limits) : null;
            RecordTally tally = Validate(signal, body, forecast);
            int records = tally.Accepted + tally.Rejected;
            if (records == 0)
            {
                return new(tally, null);
            }

            long started = time.GetTimestamp();
            var request = new JournalRequest(
                FrameKind.Request, body.Memory, sender, tally, UnixTime.Now(time), isRecognisable: tally.Untimed == 0);
            AppendOutcome outcome = await Of(signal).Journal.AppendAsync(request);
            if (outcome.Failure is { } failure)
            {
                throw new IngestException(failure);
            }

            if (outcome.FirstReceivedAt is { } first)
            {
                _resent.Add(signal, sender, 1, records, body.Length);
                meter.Resent(signal, records);
                return new(tally, UnixTime.ToDateTimeOffset(first), forecast?.Names ?? "");
            }

            meter.Received(signal, body.Length, tally, time.GetElapsedTime(started));
            return new(tally, null, forecast?.Names ?? "");
        }
    }

    /// <summary>Stores what is in the journals, as long as the token allows; the rest is stored after the next start. The receivers must have stopped.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_isStopped)
        {
            return;
        }

        _isStopped = true;
        if (_notes is not null)
        {
            await _notes.DisposeAsync();
        }

        await Task.WhenAll(_signals.Select(signal => signal.Pipeline.StopAsync(cancellationToken)));
        foreach (SignalPipeline signal in _signals)
        {
            signal.Pipeline.Dispose();
            signal.Journal.Dispose();
        }

        await _admission.DisposeAsync();
    }

    public async ValueTask DisposeAsync() => await StopAsync(new CancellationToken(canceled: true));

    private static SeriesAdmission Admission(IngestOptions options, IStorageEngine engine, ILogger logger) =>
        new(CardinalityLimits.Of(options.Cardinality), new StoredSeriesReader(engine), logger, RecordLimits.Of(options));

    private SignalPipeline Open(OtlpSignal signal, FieldSignal fields, string directory, Func<SignalCatalog, SignalBatch> createRows)
    {
        var journal = SignalJournal.Open(
            signal, Path.Combine(directory, signal.Name()), _options.Journal, Space, files, time, logger);
        bool isOfMetrics = signal == OtlpSignal.Metrics;
        var catalog = new SignalCatalog(fields, _limits, _options.CorrelationIds, isOfMetrics ? _admission : null);
        Task ready = isOfMetrics ? _admission.StartAsync(UnixTime.Now(time)) : Task.CompletedTask;
        var filler = new BatchFiller(signal, journal, logger);
        var store = new BatchStore(signal, journal, engine, meter, CreateBatch, time, logger);
        return new(signal, fields, journal, new(signal, journal, CreateBatch, filler, store, _options, time, logger, ready));

        OpenBatch CreateBatch() => new(createRows(catalog), new BatchLedger(fields));
    }

    private RecordTally Validate(OtlpSignal signal, PooledBuffer body, AdmissionForecast? forecast)
    {
        try
        {
            return OtlpValidator.Validate(signal, body.Span, _maxDecodedBytes, _limits, forecast);
        }
        catch (WireFormatException e)
        {
            throw new IngestException(IngestError.Malformed, e.Message);
        }
    }

    private SignalPipeline Of(OtlpSignal signal) => _signals.FirstOrDefault(pipeline => pipeline.Signal == signal)
        ?? throw new IngestException(IngestError.Unavailable, "Observe is starting. Send the same data again later.");
}
