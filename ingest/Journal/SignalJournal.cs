using Microsoft.Extensions.Logging;
using Observe.Ingest.Journal.Files;
using Observe.Ingest.Otlp;
using Observe.Ingest.Otlp.Decoding;

namespace Observe.Ingest.Journal;

/// <summary>One signal's write-ahead journal: requests are acknowledged when they are in it, and leave it when they are in the engine.</summary>
/// <remarks>
/// <code>
///              committed            intent end                        end
///  ────────────────┼────────────────────┼──────────────────────────────┼──
///   in the engine  │ being inserted     │ acknowledged, waits          │ next append
///   (deleted by    │ with one token     │                              │
///    whole files)
/// </code>
/// Positions count bytes since the journal was made; a position is never used twice. One thread appends (<see cref="JournalWriter"/>), one
/// reads and commits (the pipeline).
/// </remarks>
internal sealed class SignalJournal : IDisposable
{
    /// <summary>A journal with less room than this at the start was most likely full when the process before ended.</summary>
    private const long ScarceBytes = 1 << 20;

    private readonly OtlpSignal _signal;
    private readonly JournalOptions _options;
    private readonly JournalSpace _space;
    private readonly IJournalFiles _files;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CheckpointFile _checkpoint;
    private readonly SegmentList _segments;
    private readonly ResendWindow _window;
    private readonly RememberedFiles _remembered;
    private readonly JournalWriter _writer;
    private readonly Guid _journalId;
    private readonly uint _seed;
    private readonly Lock _waiterLock = new();
    private TaskCompletionSource _appended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _saidFull;
    private long _refused; // bytes of the last request for which there was no room; 0 for none

    private SignalJournal(
        OtlpSignal signal,
        string directory,
        JournalOptions options,
        JournalSpace space,
        IJournalFiles files,
        TimeProvider time,
        ILogger logger,
        CheckpointFile checkpoint,
        RecoveredJournal recovered,
        ResendWindow window)
    {
        _signal = signal;
        _options = options;
        _space = space;
        _files = files;
        _time = time;
        _logger = logger;
        _checkpoint = checkpoint;
        _segments = new(recovered.Segments);
        _space.Add(_segments.Bytes);
        long scarce = Math.Min(ScarceBytes, space.MaxBytesOfOne / 100);
        _refused = IsFullFor(scarce) ? scarce : 0;
        _window = window;
        _remembered = recovered.Remembered;
        _journalId = recovered.JournalId;
        _seed = SegmentReader.SeedOf(_journalId);
        Committed = recovered.Committed;
        IntentEnd = recovered.IntentEnd;
        Isolation = checkpoint.Current?.Isolation;
        Waiting = recovered.Waiting;
        Quarantine = new(files, directory, _journalId);

        // Without each sync a power failure may keep an intent and lose the end of its range. What comes now must not be taken for that range.
        long end = Math.Max(recovered.End, IntentEnd ?? 0);
        _writer = new(
            signal, directory, _journalId, end, options, space, _segments, _window, Waiting, NotifyAppended, files, time, logger);
    }

    /// <summary>Everything before it is in the engine.</summary>
    public long Committed { get; private set; }

    /// <summary>Where the batch ends whose insert was begun and not yet committed; null for none.</summary>
    public long? IntentEnd { get; private set; }

    /// <summary>The table of the begun batch that is stored in parts; null for none.</summary>
    public TableIsolation? Isolation { get; private set; }

    public Quarantine Quarantine { get; }

    /// <summary>What is acknowledged and not in the engine.</summary>
    public WaitingCounts Waiting { get; }

    /// <summary>Why nothing can be appended now; null when it can.</summary>
    public string? Failure => _writer.Failure;

    /// <summary>Whether the last request that was refused for lack of room would be refused now.</summary>
    public bool IsFull => Interlocked.Read(ref _refused) is > 0 and long refused && IsFullFor(refused);

    /// <summary>Requests that would no longer be recognised if they were sent again, although they came within the window: more came than it holds.</summary>
    public long ForgottenEarly => _window.ForgottenEarly;

    /// <summary>Bytes on disk.</summary>
    public long Bytes => _segments.Bytes;

    /// <summary>Opens a signal's journal, and takes up what the process before left.</summary>
    /// <exception cref="JournalException">It cannot be opened; the message says why and what to do.</exception>
    public static SignalJournal Open(
        OtlpSignal signal, string directory, JournalOptions options, JournalSpace space, IJournalFiles files, TimeProvider time, ILogger logger)
    {
        CheckpointFile? checkpoint = null;
        RecoveredJournal? recovered = null;
        try
        {
            files.CreateDirectory(directory);
            checkpoint = CheckpointFile.Open(files, directory, isSynced: options.Sync != JournalSync.Never);
            var window = new ResendWindow(options.ResendWindow, options.ResendWindowRequests);
            recovered = new JournalRecovery(signal, directory, files, logger).Recover(checkpoint.Current, window);
            if (checkpoint.Current is null)
            {
                if (recovered.Segments.Count > 0)
                {
                    JournalLog.CheckpointDamaged(logger, directory);
                }

                // Before anything is appended: the positions to come belong to this journal and no other.
                checkpoint.Write(recovered.JournalId, recovered.Committed, intentEnd: null);
                files.SyncDirectory(directory);
            }

            (long requests, long records) = recovered.Waiting.Total();
            if (requests > 0)
            {
                JournalLog.Replaying(logger, signal, requests, records);
            }

            return new(signal, directory, options, space, files, time, logger, checkpoint, recovered, window);
        }
        catch (Exception e)
        {
            checkpoint?.Dispose();
            foreach (Segment segment in recovered?.Segments ?? [])
            {
                segment.Dispose();
            }

            if (e is not (IOException or UnauthorizedAccessException))
            {
                throw;
            }

            throw new JournalException(
                $"The journal in {directory} cannot be opened: {e.Message.TrimEnd('.')}. Check that the directory is writable and the disk has room, " +
                $"or set {JournalOptions.Section}:{nameof(JournalOptions.Directory)} to another one.", e);
        }
    }

    /// <summary>Appends a request. Ends when it is as safe as <see cref="JournalOptions.Sync"/> asks, or is known not to be.</summary>
    public async Task<AppendOutcome> AppendAsync(JournalRequest request)
    {
        if (IsFullFor(request.FrameLength) || !_space.TryTake(request.FrameLength))
        {
            NoteFull(request.FrameLength);
            return new(null, new(
                IngestError.JournalFull, "Observe has as much waiting to be stored as its journal may hold. Nothing of this request was stored; send the same data again later."));
        }

        if (!_writer.TryEnqueue(request))
        {
            _space.Give(request.FrameLength);
            return new(null, new(IngestError.Unavailable, "Observe is shutting down. Send the same data again later."));
        }

        return await request.Completion;
    }

    /// <summary>A reader that begins at a position, where a frame begins.</summary>
    public JournalCursor Read(long position) => new(_segments, _seed, position);

    /// <summary>Ends when something was appended after this call.</summary>
    public Task AppendedAsync()
    {
        lock (_waiterLock)
        {
            return _appended.Task;
        }
    }

    /// <summary>The name under which the engine knows the insert of a part of the journal, so that it takes it only once.</summary>
    public string TokenOf(long start, long end) => $"{_journalId:N}-{start}-{end}";

    /// <summary>Says that the batch from <see cref="Committed"/> to a position is about to be inserted. Must return before the insert begins.</summary>
    /// <exception cref="IOException">It could not be written.</exception>
    public void Begin(long end)
    {
        if (IntentEnd != end)
        {
            // Of another range, parts say nothing.
            _checkpoint.Write(_journalId, Committed, end);
            IntentEnd = end;
            Isolation = null;
        }
    }

    /// <summary>Says how far a table of the begun batch has come in parts. Must return before a part is inserted, and after the part before it.</summary>
    /// <exception cref="IOException">It could not be written.</exception>
    public void NoteIsolation(TableIsolation isolation)
    {
        if (Isolation != isolation)
        {
            _checkpoint.Write(_journalId, Committed, IntentEnd, isolation);
            Isolation = isolation;
        }
    }

    /// <summary>Says that everything before a position is in the engine, and deletes what is no longer needed.</summary>
    /// <exception cref="IOException">It could not be written.</exception>
    public void Commit(long end)
    {
        _checkpoint.Write(_journalId, end, intentEnd: null);
        Committed = end;
        IntentEnd = null;
        Isolation = null;
        foreach (Segment segment in _segments.TakeUntil(end))
        {
            Delete(segment);
        }
    }

    /// <summary>Lets a request be stored again if it is sent again.</summary>
    public void Forget(UInt128 digest) => _window.Forget(digest);

    public void Dispose()
    {
        _writer.Dispose();
        NotifyAppended();
        _segments.Dispose();
        _checkpoint.Dispose();
    }

    private void Delete(Segment segment)
    {
        segment.Dispose();
        try
        {
            bool isRemembered = TryRememberRequests(segment);
            _files.Delete(segment.Path);
            if (!isRemembered)
            {
                // A full disk has room for it now.
                RememberRequests(segment);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            JournalLog.DeleteFailed(_logger, segment.Path, e);
        }

        _space.Give(segment.Length);
    }

    /// <summary>Before the segment is deleted, so that nothing is forgotten if the process ends in between; but never instead of it.</summary>
    private bool TryRememberRequests(Segment segment)
    {
        try
        {
            RememberRequests(segment);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private void RememberRequests(Segment segment)
    {
        string path = Path.ChangeExtension(segment.Path, RememberedRequests.Suffix);
        IReadOnlyCollection<KnownRequest> requests = _window.Between(segment.Position, segment.End);
        if (requests.Count > 0)
        {
            // Before it is written: what a failed write leaves must be deleted too, when its time has come.
            _remembered.Add(path, requests);
            RememberedRequests.Write(_files, path, requests);
        }

        _remembered.DeleteBefore(UnixTime.Now(_time) - (_options.ResendWindow.Ticks * TimeSpan.NanosecondsPerTick));
    }

    private bool IsFullFor(long bytes) => Bytes + bytes > _space.MaxBytesOfOne || _space.IsFullFor(bytes);

    private void NoteFull(long bytes)
    {
        bool wasFull = IsFull && _saidFull;
        Interlocked.Exchange(ref _refused, bytes);
        if (!wasFull)
        {
            _saidFull = true;
            JournalLog.Full(_logger, _signal, Bytes, _space.Used, $"{JournalOptions.Section}:{nameof(JournalOptions.MaxBytes)}", _space.MaxBytes);
        }
    }

    private void NotifyAppended()
    {
        TaskCompletionSource appended;
        lock (_waiterLock)
        {
            appended = _appended;
            _appended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        appended.SetResult();
    }
}
