using Microsoft.Extensions.Logging;
using Observe.Ingest.Journal.Files;
using Observe.Ingest.Otlp;
using Observe.Ingest.Otlp.Decoding;

namespace Observe.Ingest.Journal;

/// <summary>Appends requests to the newest segment, many at a time, on a thread of its own.</summary>
/// <remarks>
/// <code>
///  receivers ──▶ queue ──▶ the thread ─┬─ seen before? ───────────▶ told: acknowledged then
///                (bounded by bytes)    └─ write all ─ sync once ──▶ told: acknowledged ; readers may read
/// </code>
/// <list type="number">
/// <item>While the disk syncs one group, the next gathers: the slower the disk, the larger the groups. Nobody waits for a timer.</item>
/// <item>Readers see a group only once it is synced. So nothing is stored whose sender might be told that it was not.</item>
/// <item>When writing fails, the group is cut off again, its senders are told to keep their data, and the segment is not written again: after
/// a failed sync nobody knows what the disk has.</item>
/// </list>
/// </remarks>
internal sealed class JournalWriter : IDisposable
{
    /// <summary>Bytes after which a group is written although more waits: what a disk takes in a few milliseconds.</summary>
    private const long MaxGroupBytes = 16 << 20;

    /// <summary>How often writing is tried while it fails and nobody sends.</summary>
    private static readonly TimeSpan ProbeInterval = TimeSpan.FromSeconds(1);

    private readonly OtlpSignal _signal;
    private readonly string _directory;
    private readonly Guid _journalId;
    private readonly JournalOptions _options;
    private readonly JournalSpace _space;
    private readonly SegmentList _segments;
    private readonly ResendWindow _window;
    private readonly WaitingCounts _waitingCounts;
    private readonly Action _appended;
    private readonly IJournalFiles _files;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly RequestDigest _digest;
    private readonly uint _seed;
    private readonly Thread _thread;

    private readonly object _gate = new(); // a Monitor, because the thread waits for a pulse
    private readonly Queue<JournalRequest> _waiting = [];
    private bool _closed;

    private readonly List<JournalRequest> _group = [];
    private readonly List<KnownRequest> _placed = [];
    private readonly HashSet<UInt128> _digestsOfGroup = [];
    private readonly List<ReadOnlyMemory<byte>> _parts = [];
    private readonly List<(JournalRequest Request, AppendOutcome Outcome)> _outcomes = [];
    private Segment? _active;
    private long _end;
    private long _lastSync;
    private bool _isDirty;
    private volatile string? _failure;

    /// <param name="end">Where the journal ends: the first position that may be written.</param>
    /// <param name="window">Asked before each request is written, and told of it afterwards.</param>
    /// <param name="waiting">Told of each request before readers see it.</param>
    /// <param name="appended">Called when readers may read more.</param>
    public JournalWriter(
        OtlpSignal signal,
        string directory,
        Guid journalId,
        long end,
        JournalOptions options,
        JournalSpace space,
        SegmentList segments,
        ResendWindow window,
        WaitingCounts waiting,
        Action appended,
        IJournalFiles files,
        TimeProvider time,
        ILogger logger)
    {
        _signal = signal;
        _directory = directory;
        _journalId = journalId;
        _end = end;
        _options = options;
        _space = space;
        _segments = segments;
        _window = window;
        _waitingCounts = waiting;
        _appended = appended;
        _files = files;
        _time = time;
        _logger = logger;
        _digest = new(journalId);
        _seed = SegmentReader.SeedOf(journalId);
        _lastSync = time.GetTimestamp();
        _thread = new Thread(Run) { IsBackground = true, Name = $"journal-{signal}" };
        _thread.Start();
    }

    /// <summary>Why nothing can be written at the moment; null when it can.</summary>
    public string? Failure => _failure;

    /// <summary>Hands over a request, for which the room was taken already.</summary>
    /// <returns>False when the writer is closed.</returns>
    public bool TryEnqueue(JournalRequest request)
    {
        lock (_gate)
        {
            if (_closed)
            {
                return false;
            }

            _waiting.Enqueue(request);
            Monitor.Pulse(_gate);
            return true;
        }
    }

    /// <summary>Writes what was handed over, then ends the thread.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _closed = true;
            Monitor.Pulse(_gate);
        }

        _thread.Join();
        _digest.Dispose();
    }

    private void Run()
    {
        while (TakeGroup())
        {
            if (_group.Count > 0)
            {
                Append();
            }
            else if (_failure is not null)
            {
                Probe();
            }

            if (_isDirty && _options.Sync == JournalSync.Interval && (_closed || _time.GetElapsedTime(_lastSync) >= _options.SyncInterval))
            {
                SyncInterval();
            }
        }
    }

    /// <summary>Waits for requests, or until something else is due.</summary>
    /// <returns>False when the writer is closed and nothing is left.</returns>
    private bool TakeGroup()
    {
        _group.Clear();
        lock (_gate)
        {
            while (_waiting.Count == 0)
            {
                if (_closed)
                {
                    return _isDirty && _options.Sync == JournalSync.Interval && _failure is null;
                }

                if (_failure is not null)
                {
                    if (!Monitor.Wait(_gate, ProbeInterval))
                    {
                        return true;
                    }
                }
                else if (_isDirty && _options.Sync == JournalSync.Interval)
                {
                    if (!Monitor.Wait(_gate, _options.SyncInterval))
                    {
                        return true;
                    }
                }
                else
                {
                    Monitor.Wait(_gate);
                }
            }

            long bytes = 0;
            while (bytes < MaxGroupBytes && _waiting.TryDequeue(out JournalRequest? request))
            {
                _group.Add(request);
                bytes += request.FrameLength;
            }

            return true;
        }
    }

    private void Append()
    {
        try
        {
            Write();
            if (_failure is not null)
            {
                _failure = null;
                JournalLog.WriteRecovered(_logger, _signal);
            }
        }
        catch (Exception e)
        {
            Fail(e);
        }

        foreach ((JournalRequest request, AppendOutcome outcome) in _outcomes)
        {
            if (outcome != AppendOutcome.Appended)
            {
                _space.Give(request.FrameLength);
            }

            request.Complete(outcome);
        }
    }

    private void Write()
    {
        _outcomes.Clear();
        _parts.Clear();
        _placed.Clear();
        _digestsOfGroup.Clear();
        Segment active = Active();
        long now = UnixTime.Now(_time);
        long position = active.End;
        foreach (JournalRequest request in _group)
        {
            UInt128 digest = 0;
            if (request.IsRecognisable)
            {
                digest = _digest.Compute(request.SenderUtf8, request.Body.Span);
                if (_window.TryFind(digest, now, out long receivedAt))
                {
                    _outcomes.Add((request, new(receivedAt, null)));
                    continue;
                }

                if (!_digestsOfGroup.Add(digest))
                {
                    _outcomes.Add((request, new(now, null)));
                    continue;
                }

                _placed.Add(new(digest, request.ReceivedAt, position));
            }

            _parts.Add(request.Header(position, digest, _seed));
            _parts.Add(request.Body);
            position += request.FrameLength;
            _outcomes.Add((request, AppendOutcome.Appended));
        }

        if (_parts.Count == 0)
        {
            return;
        }

        active.File.Write(_parts, active.End - active.Position);
        if (_options.Sync == JournalSync.EachCommit)
        {
            active.File.Sync();
        }

        _isDirty = _options.Sync == JournalSync.Interval;
        foreach (KnownRequest placed in _placed)
        {
            _window.Add(placed);
        }

        foreach ((JournalRequest request, AppendOutcome outcome) in _outcomes)
        {
            if (outcome == AppendOutcome.Appended && request.Kind != FrameKind.LedgerNotes)
            {
                _waitingCounts.Add(request.Sender, request.Accepted + request.Rejected, request.FrameLength);
            }
        }

        active.End = _end = position;
        _appended();
    }

    /// <summary>The segment to write to; a new one when there is none or the last is long enough.</summary>
    private Segment Active()
    {
        if (_active is { } current && current.Length < _options.SegmentBytes)
        {
            return current;
        }

        if (_active is { } full && _isDirty)
        {
            full.File.Sync();
            _isDirty = false;
        }

        _active = null;
        string path = Segment.PathOf(_directory, _end);
        IJournalFile file = _files.Open(path);
        try
        {
            var header = new byte[SegmentHeader.Length];
            new SegmentHeader(_signal, _journalId, _end).Write(header);
            file.SetLength(0);
            file.Write([header], 0);
            if (_options.Sync != JournalSync.Never)
            {
                file.Sync();
                _files.SyncDirectory(_directory);
            }
        }
        catch
        {
            file.Dispose();
            TryDelete(path);
            throw;
        }

        var segment = new Segment(path, file, _end, _end + SegmentHeader.Length);
        _end = segment.End;
        _space.Add(SegmentHeader.Length);
        _segments.Add(segment);
        return _active = segment;
    }

    /// <summary>What stays is written over by the next attempt, or passed over at the next start; the first failure is the one to be told.</summary>
    private void TryDelete(string path)
    {
        try
        {
            _files.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            JournalLog.CutFailed(_logger, path, e);
        }
    }

    private void Fail(Exception e)
    {
        string reason = e.Message.TrimEnd('.') + ".";
        if (_failure is null)
        {
            JournalLog.WriteFailed(_logger, _signal, reason, e);
        }

        _failure = reason;
        var failure = new IngestFailure(
            IngestError.Unavailable, "Observe cannot write its journal at the moment. Nothing of this request was stored; send the same data again later.");
        _outcomes.Clear();
        _outcomes.AddRange(_group.Select(request => (request, new AppendOutcome(null, failure))));
        if (_active is { } abandoned)
        {
            bool isDirty = _isDirty;
            _active = null;
            _isDirty = false;
            if (abandoned.End == abandoned.Start)
            {
                Remove(abandoned);
                return;
            }

            try
            {
                // Should this fail too, the segment's end is where the next segment begins, and what is behind it is never read.
                abandoned.File.SetLength(abandoned.End - abandoned.Position);
                if (isDirty)
                {
                    // Nobody comes back to this file, and requests in it were acknowledged since its last sync.
                    abandoned.File.Sync();
                }
            }
            catch (Exception cut) when (cut is IOException or UnauthorizedAccessException)
            {
                JournalLog.CutFailed(_logger, abandoned.Path, cut);
            }
        }
    }

    /// <summary>Takes back a segment that holds nothing: a disk that fails for hours must not fill with them.</summary>
    private void Remove(Segment empty)
    {
        _segments.Remove(empty);
        _end = empty.Position;
        _space.Give(SegmentHeader.Length);
        empty.Dispose();
        TryDelete(empty.Path);
    }

    /// <summary>Finds out whether the disk can be written again although nobody sends: readiness may be what keeps them away.</summary>
    private void Probe()
    {
        try
        {
            Active();
            _failure = null;
            JournalLog.WriteRecovered(_logger, _signal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _failure = e.Message.TrimEnd('.') + ".";
        }
    }

    private void SyncInterval()
    {
        try
        {
            _active?.File.Sync();
            _isDirty = false;
            _lastSync = _time.GetTimestamp();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Fail(e);
        }
    }
}
