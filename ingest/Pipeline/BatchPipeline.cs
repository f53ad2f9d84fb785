using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Observe.Ingest.Otlp;
using Observe.Storage.Engine;

namespace Observe.Ingest.Pipeline;

/// <summary>One signal's way from validated requests into the engine: many requests, one insert.</summary>
/// <remarks>
/// <code>
///  receivers ──▶ queue ──▶ the loop ──decode──▶ batch A  (filling)
///                             │
///                             └──one insert at a time──▶ batch B  (being stored) ──▶ engine ──▶ requests are told
/// </code>
/// <list type="number">
/// <item>The loop takes what waits in the queue and decodes it into the filling batch, until that is full.</item>
/// <item>A batch is stored when no other insert runs and it is full, or has rows enough to be worth an insert, or its first request has
/// waited long enough. While an insert runs, the other batch fills: the slower the engine, the larger the batches, the less a row costs.</item>
/// <item>The requests are told when the insert ends; then the batches change places.</item>
/// </list>
/// Only the loop decodes, so decoders, caches and batches need no locks. It outlives every error.
/// </remarks>
internal sealed class BatchPipeline : IAsyncDisposable
{
    private readonly OtlpSignal _signal;
    private readonly IngestOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly BatchStore _store;
    private readonly CancellationTokenSource _aborted = new();
    private readonly Channel<IngestRequest> _queue =
        Channel.CreateUnbounded<IngestRequest>(new UnboundedChannelOptions { SingleReader = true }); // IngestBudget bounds it, in bytes

    private readonly Task _loop;

    private OpenBatch _filling;
    private OpenBatch _spare;
    private OpenBatch? _storing;
    private Task<StoreOutcome> _insert = Task.FromResult(StoreOutcome.Stored);
    private Task<bool>? _readable;
    private Task? _due;
    private bool _closed;

    /// <summary>Nothing more can come and everything that came is answered.</summary>
    private bool IsAtEnd => _closed && _filling.IsEmpty && _storing is null;

    public BatchPipeline(
        OtlpSignal signal,
        Func<SignalBatch> createBatch,
        IStorageEngine engine,
        IngestOptions options,
        IngestMeter meter,
        TimeProvider time,
        ILogger logger)
    {
        _signal = signal;
        _options = options;
        _time = time;
        _logger = logger;
        _store = new BatchStore(signal, engine, meter, time, logger);
        _filling = new OpenBatch(createBatch());
        _spare = new OpenBatch(createBatch());
        _loop = Task.Run(RunAsync);
    }

    /// <summary>Hands over a request, and with it its memory.</summary>
    /// <returns>Ends when the rows are in the engine (null), or with the reason why they are not.</returns>
    public Task<IngestFailure?> SubmitAsync(IngestRequest request)
    {
        if (!_queue.Writer.TryWrite(request))
        {
            request.Complete(new(IngestError.Unavailable, "Observe is shutting down. Send the same data again later."));
        }

        return request.Completion;
    }

    /// <summary>Stores what was handed over, then ends. When the token is cancelled, gives up: what is not stored yet is answered so.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _queue.Writer.TryComplete();
        await using (cancellationToken.Register(static state => ((CancellationTokenSource)state!).Cancel(), _aborted))
        {
            await _loop;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(CancellationToken.None);
        _aborted.Dispose();
    }

    private async Task RunAsync()
    {
        while (!IsAtEnd)
        {
            try
            {
                await StepAsync();
            }
            catch (Exception e)
            {
                IngestLog.PipelineFault(_logger, _signal, e);
                await GiveUpBatchesAsync();
            }
        }
    }

    private async Task StepAsync()
    {
        while (!IsFull() && _queue.Reader.TryRead(out IngestRequest? request))
        {
            Add(request);
            if (CanStore())
            {
                break;
            }
        }

        if (_storing is not null && _insert.IsCompleted)
        {
            await EndInsertAsync(_storing);
        }

        if (CanStore())
        {
            BeginInsert();
        }
        else if (!IsAtEnd)
        {
            await WaitAsync();
        }
    }

    private void Add(IngestRequest request)
    {
        if (_filling.TryAdd(request) is { } fault)
        {
            IngestLog.DecodeFault(_logger, _signal, request.Body.Length, fault);
            request.Complete(new(IngestError.Internal, "Observe failed to decode this request because of a fault of its own. Its log says more."));
        }

        if (!_filling.IsEmpty)
        {
            _due ??= Task.Delay(_options.MaxBatchDelay, _time);
        }
    }

    private bool IsFull() =>
        _filling.RowCount >= _options.MaxBatchRows || _filling.IsCrowded || _filling.ByteCount >= _options.MaxBatchBytes;

    private bool CanStore() =>
        _storing is null && !_filling.IsEmpty
        && (_closed || _filling.RowCount >= _options.EagerBatchRows || _due!.IsCompleted || IsFull());

    private void BeginInsert()
    {
        _storing = _filling;
        _filling = _spare;
        _due = null;
        _storing.Finish();
        _insert = _store.StoreAsync(_storing, _aborted.Token);
    }

    private async Task EndInsertAsync(OpenBatch stored)
    {
        StoreOutcome outcome = await _insert;
        if (outcome == StoreOutcome.Stored)
        {
            stored.Commit();
        }
        else if (outcome == StoreOutcome.Refused)
        {
            await _store.StoreEachAsync(stored, _aborted.Token);
        }

        stored.Clear();
        _spare = stored;
        _storing = null;
    }

    /// <summary>Until a request arrives, the insert ends or the batch is due, whichever of them matters now.</summary>
    private async Task WaitAsync()
    {
        var events = new List<Task>(3);
        if (!_closed && !IsFull())
        {
            events.Add(_readable ??= _queue.Reader.WaitToReadAsync().AsTask());
        }

        if (_storing is not null)
        {
            events.Add(_insert);
        }
        else if (_due is not null)
        {
            events.Add(_due);
        }

        await Task.WhenAny(events);
        if (_readable is { IsCompleted: true })
        {
            _closed = !await _readable;
            _readable = null;
        }
    }

    /// <summary>After a fault in this class: nobody must wait for an answer that does not come, and the loop must be able to go on.</summary>
    private async Task GiveUpBatchesAsync()
    {
        var failure = new IngestFailure(IngestError.Unavailable, "Observe failed because of a fault of its own. Send the same data again later.");
        await _insert.ContinueWith(static _ => { }, TaskScheduler.Default);
        foreach (OpenBatch? batch in (OpenBatch?[])[_filling, _storing])
        {
            if (batch is null)
            {
                continue;
            }

            foreach (IngestRequest request in batch.Requests)
            {
                if (!request.Completion.IsCompleted)
                {
                    request.Complete(failure);
                }
            }

            batch.Clear();
        }

        _spare = _storing ?? _spare;
        _storing = null;
        _due = null;
    }
}
