using Microsoft.Extensions.Logging;
using Observe.Ingest.Journal;
using Observe.Ingest.Otlp;

namespace Observe.Ingest.Pipeline;

/// <summary>One signal's way from the journal into the engine: many requests, one insert.</summary>
/// <remarks>
/// <code>
///  journal ──▶ the loop ──decode──▶ batch A  (filling)
///                 │
///                 └──one insert at a time──▶ batch B  (being stored) ──▶ engine ──▶ checkpoint
/// </code>
/// <list type="number">
/// <item>What the process before had begun to insert comes first: the same range, so the same token.</item>
/// <item>The loop reads what is in the journal and decodes it into the filling batch, until that is full.</item>
/// <item>A batch is stored when no other insert runs and it is full, or its first request has waited long enough. While an insert runs, the other batch fills: the slower the engine, the larger the batches, the less a row costs.</item>
/// <item>When the insert ends, the range is committed and the batches change places.</item>
/// </list>
/// Only the loop decodes, so decoders, caches and batches need no locks. It outlives every error: what it forgets is still in the journal.
/// </remarks>
internal sealed class BatchPipeline : IDisposable
{
    /// <summary>
    /// Bytes that are decoded before others get the processor's thread: a few milliseconds. There are as many threads as processors, and
    /// receivers that wait for one are senders that wait for their acknowledgement.
    /// </summary>
    private const int MaxBytesAtOnce = 512 << 10;

    /// <summary>After a fault in Observe itself: long enough not to fill the log, short enough not to fill the disk.</summary>
    private static readonly TimeSpan FaultDelay = TimeSpan.FromSeconds(1);

    /// <summary>For what is good to know before decoding begins, and not needed.</summary>
    private static readonly TimeSpan MaxReadyWait = TimeSpan.FromSeconds(15);

    private readonly OtlpSignal _signal;
    private readonly SignalJournal _journal;
    private readonly IngestOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly BatchFiller _filler;
    private readonly BatchStore _store;
    private readonly RefusalIsolation _isolation;
    private readonly Task _ready;
    private readonly CancellationTokenSource _aborted = new();
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly JournalCursor _cursor;
    private readonly Task _loop;

    private OpenBatch _filling;
    private OpenBatch _spare;
    private OpenBatch? _storing;
    private Task<RefusedTable?> _insert = Task.FromResult<RefusedTable?>(null);
    private Task _appended = Task.CompletedTask;
    private Task? _due;
    private long? _replayEnd;
    private bool _isReplay;
    private bool _isDry;
    private bool _isDone;
    private long _oldestWaiting;

    /// <summary>Everything in the journal is in the engine.</summary>
    private bool IsDrained => _isDry && _filling.IsEmpty && _storing is null;

    /// <summary>The first request of the filling batch has waited long enough.</summary>
    private bool IsDue => _due is { IsCompleted: true };

    public BatchPipeline(
        OtlpSignal signal, SignalJournal journal, Func<OpenBatch> createBatch, BatchFiller filler, BatchStore store, IngestOptions options, TimeProvider time, ILogger logger, Task? ready = null)
    {
        _ready = ready ?? Task.CompletedTask;
        _signal = signal;
        _journal = journal;
        _options = options;
        _time = time;
        _logger = logger;
        _filler = filler;
        _store = store;
        _isolation = new(journal, filler, store, createBatch);
        _filling = createBatch();
        _spare = createBatch();
        _cursor = journal.Read(journal.Committed);
        Restart();
        _loop = Task.Run(RunAsync);
    }

    /// <summary>Whether the last attempt to store something failed. Readiness does not depend on it: the journal takes what is sent.</summary>
    public string? Failure => _store.Failure;

    /// <summary>When the oldest request was received that is not in the engine, Unix nanoseconds; 0 when all are.</summary>
    public long OldestWaiting => Volatile.Read(ref _oldestWaiting);

    /// <summary>Stores what is in the journal, then ends. When the token is cancelled, ends after the running insert: the rest stays in the journal.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _closed.TrySetResult();
        await using (cancellationToken.Register(static state => ((CancellationTokenSource)state!).Cancel(), _aborted))
        {
            await _loop;
        }
    }

    /// <summary>To be called after <see cref="StopAsync"/>.</summary>
    public void Dispose() => _aborted.Dispose();

    private async Task RunAsync()
    {
        await Task.WhenAny(_ready, Task.Delay(MaxReadyWait, _time, _aborted.Token));
        while (!_aborted.IsCancellationRequested && !_isDone)
        {
            try
            {
                await StepAsync();
            }
            catch (OperationCanceledException) when (_aborted.IsCancellationRequested)
            {
            }
            catch (Exception e)
            {
                IngestLog.PipelineFault(_logger, _signal, e);
                await Task.WhenAny(_insert);
                await Task.WhenAny(Task.Delay(FaultDelay, _time, _aborted.Token));
                Restart();
            }
        }

        await Task.WhenAny(_insert);
    }

    private async Task StepAsync()
    {
        // Asked before the journal is read: what was appended before it was closed is read once more.
        bool isClosed = _closed.Task.IsCompleted;
        if (_replayEnd is { } end && _filling.IsEmpty)
        {
            await _store.RetryAsync(() => _filler.SetAsideAgain(_filling, end), _aborted.Token);
        }

        Fill();
        if (_storing is not null && _insert.IsCompleted)
        {
            await EndInsertAsync(_storing);
        }

        if (CanStore())
        {
            BeginInsert();
        }
        else if (WantsMore())
        {
            await Task.Yield();
        }
        else if (isClosed && IsDrained)
        {
            _isDone = true;
        }
        else
        {
            await WaitAsync(isClosed);
        }
    }

    private void Fill()
    {
        // Asked for before the journal is found empty, so that what is appended in between is not missed.
        _appended = _journal.AppendedAsync();
        _isDry = false;
        long pause = _cursor.Position + MaxBytesAtOnce;
        while (WantsMore() && _cursor.Position < pause)
        {
            if (!_filler.TryAddNext(_cursor, _filling))
            {
                _isDry = true;
                break;
            }

            _due ??= Task.Delay(_options.MaxBatchDelay, _time);
            NoteOldest();
        }

        if (_isDry && _filling.IsEmpty)
        {
            // What was being inserted is no longer in the journal: there is nothing to repeat.
            _replayEnd = null;
        }
    }

    /// <summary>Whether the filling batch takes more of what is in the journal.</summary>
    private bool WantsMore() =>
        !_isDry && (_replayEnd is { } end ? _cursor.Position < end : !(_insert.IsCompleted && IsDue) && !IsFull());

    private bool IsFull() =>
        _filling.RowCount >= _options.MaxBatchRows || _filling.IsCrowded || _filling.ByteCount >= _options.MaxBatchBytes;

    private bool CanStore() =>
        _storing is null && !_filling.IsEmpty
        && (_replayEnd is { } end
            ? _isDry || _cursor.Position >= end
            : (_isDry && _closed.Task.IsCompleted) || IsDue || IsFull());

    private void BeginInsert()
    {
        _storing = _filling;
        _filling = _spare;
        _filling.Begin(_storing.End);
        _isReplay = _replayEnd is not null;
        _replayEnd = null;
        _due = null;
        _storing.Finish();
        _insert = _store.StoreAsync(_storing, _aborted.Token);
    }

    private async Task EndInsertAsync(OpenBatch stored)
    {
        while (await _insert is { } refusal)
        {
            if (refusal.Reason is { } reason)
            {
                IngestLog.InsertRefused(_logger, _signal, stored.Entries.Count, stored.RowCount, reason);
            }
            else
            {
                IngestLog.IsolationContinued(_logger, _signal, stored.Entries.Count, stored.RowCount);
            }

            await _isolation.RunAsync(stored, refusal, _aborted.Token);
            _filler.Refill(stored);
            stored.Finish();
            _insert = _store.StoreAsync(stored, _aborted.Token);
        }

        // Of a batch that the process before had begun to insert, the engine may have dropped the rows of the side tables for those that it got then, and these may
        // have been fewer: under lower limits, series were refused that go in now. So they are written again, with the next batch that needs them.
        if (!_isReplay)
        {
            stored.Commit();
        }

        _spare = stored;
        _storing = null;
        NoteOldest();
    }

    /// <summary>Until something is appended, the insert ends or the batch is due, whichever of them matters now.</summary>
    private async Task WaitAsync(bool isClosed)
    {
        var events = new List<Task>(4);
        if (_isDry)
        {
            events.Add(_appended);
        }

        if (_storing is not null)
        {
            events.Add(_insert);
        }
        else if (_due is not null)
        {
            events.Add(_due);
        }

        if (!isClosed)
        {
            events.Add(_closed.Task);
        }

        await Task.WhenAny(events).WaitAsync(_aborted.Token);
    }

    /// <summary>Begins where everything before is known to be in the engine, with the batch that was being inserted, if there was one.</summary>
    private void Restart()
    {
        // While a batch is being stored, the other two names stand for one and the same.
        _spare = _storing ?? _spare;
        _storing = null;
        _insert = Task.FromResult<RefusedTable?>(null);
        _due = null;
        _isDry = false;
        _filling.Begin(_journal.Committed);
        _spare.Begin(_journal.Committed);
        _cursor.Seek(_journal.Committed);
        _replayEnd = _journal.IntentEnd;
    }

    private void NoteOldest()
    {
        OpenBatch oldest = _storing ?? _filling;
        Volatile.Write(ref _oldestWaiting, oldest.Entries is [var first, ..] ? first.Header.ReceivedAt : 0);
    }
}
