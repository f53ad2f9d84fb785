using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Observe.Ingest.Catalog;
using Observe.Ingest.Memory;
using Observe.Ingest.Otlp;
using Observe.Ingest.Wire;
using Observe.Storage.Batches;
using Observe.Storage.Engine;

namespace Observe.Ingest.Pipeline;

/// <summary>Where both receivers hand over what they received: checks a request and sends it down its signal's pipeline.</summary>
internal sealed class IngestPipelines : IAsyncDisposable
{
    /// <summary>
    /// What a request's rows may take, in requests of the largest size: by default 256 MiB, which is about a million small records. Exporters
    /// send hundreds, collectors thousands.
    /// </summary>
    private const int MaxGrowth = 4;

    private readonly BatchPipeline _logs;
    private readonly BatchPipeline _metrics;
    private readonly BatchPipeline _traces;
    private readonly IngestMeter _meter;
    private readonly TimeProvider _time;
    private readonly long _maxDecodedBytes;
    private int _waiting;

    public IngestPipelines(
        IStorageEngine engine, IOptions<IngestOptions> options, IngestMeter meter, TimeProvider time, ILogger<IngestPipelines> logger)
    {
        _meter = meter;
        _time = time;
        _maxDecodedBytes = (long)options.Value.MaxRequestBytes * MaxGrowth;
        _logs = Create(OtlpSignal.Logs, FieldSignal.Logs, catalog => new LogSignalBatch(catalog));
        _metrics = Create(OtlpSignal.Metrics, FieldSignal.Metrics, catalog => new MetricSignalBatch(catalog));
        _traces = Create(OtlpSignal.Traces, FieldSignal.Spans, catalog => new SpanSignalBatch(catalog));

        BatchPipeline Create(OtlpSignal signal, FieldSignal fields, Func<SignalCatalog, SignalBatch> createBatch)
        {
            var catalog = new SignalCatalog(fields);
            return new(signal, () => createBatch(catalog), engine, options.Value, meter, time, logger);
        }
    }

    /// <summary>Requests that were handed over and are not answered yet.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    /// <summary>Stores a request's records. Ends when they are in the engine.</summary>
    /// <param name="signal">What the request holds.</param>
    /// <param name="sender">Who sent it.</param>
    /// <param name="body">Its protobuf bytes; owned by this call from now on.</param>
    /// <returns>What was accepted and rejected.</returns>
    /// <exception cref="IngestException">Nothing was stored.</exception>
    public async Task<RecordTally> StoreAsync(OtlpSignal signal, string sender, PooledBuffer body)
    {
        RecordTally validation = Validate(signal, body);
        _meter.Received(signal, body.Length, validation);
        if (validation.Accepted == 0)
        {
            body.Dispose();
            return validation;
        }

        var request = new IngestRequest(body, sender, validation, Otlp.Decoding.UnixTime.Now(_time));
        Task<IngestFailure?> completion = PipelineOf(signal).SubmitAsync(request);
        Interlocked.Increment(ref _waiting);
        IngestFailure? failure = await completion;
        Interlocked.Decrement(ref _waiting);
        return failure is null ? validation : throw new IngestException(failure.Error, failure.Message);
    }

    /// <summary>Stores what was handed over, then ends.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => Task.WhenAll(
        _logs.StopAsync(cancellationToken), _metrics.StopAsync(cancellationToken), _traces.StopAsync(cancellationToken));

    public async ValueTask DisposeAsync()
    {
        await _logs.DisposeAsync();
        await _metrics.DisposeAsync();
        await _traces.DisposeAsync();
    }

    private RecordTally Validate(OtlpSignal signal, PooledBuffer body)
    {
        try
        {
            return OtlpValidator.Validate(signal, body.Span, _maxDecodedBytes);
        }
        catch (WireFormatException e)
        {
            body.Dispose();
            throw new IngestException(IngestError.Malformed, e.Message);
        }
        catch (IngestException)
        {
            body.Dispose();
            throw;
        }
    }

    private BatchPipeline PipelineOf(OtlpSignal signal) => signal switch
    {
        OtlpSignal.Logs => _logs,
        OtlpSignal.Metrics => _metrics,
        _ => _traces,
    };
}
