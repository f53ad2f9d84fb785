using Microsoft.Extensions.Logging;
using Observe.Ingest.Journal.Files;
using Observe.Ingest.Otlp;

namespace Observe.Ingest.Journal;

/// <summary>Finds out what the process before this one left in the directory of a journal.</summary>
/// <remarks>
/// <list type="number">
/// <item>The checkpoint says up to where everything is stored, and which batch was being inserted.</item>
/// <item>Each segment's header says where it belongs. Of a file without one, its name and the checkpoint say it, and a whole frame proves it;
/// what has no such frame is set aside, and so is a file whose name and header differ.</item>
/// <item>The newest segment is read to its end: what follows its last whole frame was not acknowledged, and is cut off.</item>
/// <item>All headers are read: the requests that wait, and those that are to be recognised when they are sent again.</item>
/// </list>
/// Damage between whole frames is left where it is: the pipeline sets it aside when it comes there.
/// </remarks>
internal sealed class JournalRecovery(OtlpSignal signal, string directory, IJournalFiles files, ILogger logger)
{
    /// <summary>Bytes of a file without a header that are set aside in one file: a segment may be larger than memory should hold at once.</summary>
    private const int MaxSetAsideBytes = 256 << 20;

    private readonly List<IJournalFile> _opened = [];

    /// <exception cref="JournalException">The files do not belong together, or are of a newer version.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public RecoveredJournal Recover(Checkpoint? checkpoint, ResendWindow window)
    {
        try
        {
            return ReadAll(checkpoint, window);
        }
        catch
        {
            _opened.ForEach(static file => file.Dispose());
            throw;
        }
    }

    private RecoveredJournal ReadAll(Checkpoint? checkpoint, ResendWindow window)
    {
        List<SegmentFile> found = OpenFiles();
        Guid journalId = checkpoint?.JournalId ?? found.Find(static file => file.Header is not null)?.Header?.JournalId ?? Guid.NewGuid();
        foreach (SegmentFile file in found)
        {
            if (file.Header is { } header && header.JournalId != journalId)
            {
                throw new JournalException(
                    $"{file.Path} belongs to another journal than the rest of {directory}. If you restored a backup, restore the whole data " +
                    "directory; otherwise move the file away.");
            }
        }

        var quarantine = new Quarantine(files, directory, journalId);
        List<Segment> segments = TakeSegments(found, quarantine, journalId, isKnown: checkpoint is not null);
        uint seed = SegmentReader.SeedOf(journalId);
        SetEnds(segments, seed, quarantine);
        long committed = checkpoint?.Committed ?? (segments.Count > 0 ? segments[0].Position : 0);
        ReportGaps(segments, committed);
        long end = segments.Count > 0 ? Math.Max(committed, segments[^1].End) : committed;
        IReadOnlySet<long> setAside = quarantine.Positions();
        var remembered = new RememberedFiles(files);
        foreach (string path in files.List(directory, RememberedRequests.Suffix))
        {
            IReadOnlyList<KnownRequest> requests = RememberedRequests.Read(files, path);
            remembered.Add(path, requests);
            foreach (KnownRequest request in requests)
            {
                Remember(window, request, setAside);
            }
        }

        var waiting = new WaitingCounts();
        foreach (Segment segment in segments)
        {
            // What a power failure tore may have a whole header in front of it; only the newest segment can have been torn.
            ReadHeaders(segment, seed, committed, checksBodies: segment == segments[^1], window, setAside, waiting);
        }

        return new(journalId, segments, committed, end, checkpoint?.IntentEnd, waiting, remembered);
    }

    private List<SegmentFile> OpenFiles()
    {
        var found = new List<SegmentFile>();
        foreach (string path in files.List(directory, Segment.Suffix))
        {
            IJournalFile file = files.Open(path);
            _opened.Add(file);
            var bytes = new byte[SegmentHeader.Length];
            int read = file.Read(bytes, 0);
            SegmentHeader? header = SegmentHeader.TryRead(bytes.AsSpan(0, read));
            if (header is { } other && other.Signal != signal)
            {
                throw new JournalException($"{path} is a segment of {other.Signal}, but lies among those of {signal}. Move it to where it belongs.");
            }

            found.Add(new(path, file, header));
        }

        return found;
    }

    /// <summary>Takes the files that are segments of this journal, and sets the others aside.</summary>
    /// <param name="found">All files.</param>
    /// <param name="quarantine">Where to.</param>
    /// <param name="journalId">The journal.</param>
    /// <param name="isKnown">Whether the checkpoint says which journal it is.</param>
    private List<Segment> TakeSegments(List<SegmentFile> found, Quarantine quarantine, Guid journalId, bool isKnown)
    {
        var segments = new List<Segment>();
        foreach ((string path, IJournalFile file, SegmentHeader? header) in found)
        {
            bool isNamed = Segment.TryPositionOf(path, out long position);
            if (header is { } known && (!isNamed || known.Position != position))
            {
                // The writer would come to the position of that name one day, and begin the file anew.
                SetAside(path, file, quarantine, kept => JournalLog.SegmentMisnamed(logger, path, known.Position, kept));
            }
            else if (header is null && !(isNamed && isKnown && HasWholeFrame(file, position, journalId)))
            {
                SetAside(path, file, quarantine, kept => JournalLog.SegmentSetAside(logger, path, kept));
            }
            else
            {
                if (header is null)
                {
                    JournalLog.HeaderDamaged(logger, path);
                }

                segments.Add(new(path, file, position, position + file.Length));
            }
        }

        segments.Sort(static (left, right) => left.Position.CompareTo(right.Position));
        return segments;
    }

    /// <summary>Whether a file is a segment of this journal although its header is not: a frame knows its journal and its position.</summary>
    private static bool HasWholeFrame(IJournalFile file, long position, Guid journalId)
    {
        long end = position + file.Length;
        var reader = new SegmentReader(file, position, SegmentReader.SeedOf(journalId));
        for (long at = position + SegmentHeader.Length; reader.Read(at, end, needsBody: true) is { } item; at = item.End)
        {
            if (item.IsWhole)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A file without a header and without a frame that can be told holds nothing that can be stored; it may be rubbish or not: so it is kept.</summary>
    private void SetAside(string path, IJournalFile file, Quarantine quarantine, Action<string> log)
    {
        long length = file.Length;
        if (length > 0)
        {
            string name = Path.GetFileNameWithoutExtension(path);
            for (long at = 0; at < length; at += MaxSetAsideBytes)
            {
                var content = new byte[(int)Math.Min(length - at, MaxSetAsideBytes)];
                file.Read(content, at);
                if (content.AsSpan().ContainsAnyExcept((byte)0))
                {
                    log(quarantine.SaveSegment(name, at, content));
                }
            }
        }

        file.Dispose();
        files.Delete(path);
    }

    private void SetEnds(List<Segment> segments, uint seed, Quarantine quarantine)
    {
        for (int i = 0; i < segments.Count - 1; i++)
        {
            // What lies behind was cut off when it could not be acknowledged, or should have been.
            segments[i].End = Math.Max(segments[i].Start, Math.Min(segments[i].End, segments[i + 1].Position));
        }

        if (segments.Count > 0)
        {
            CutTornTail(segments[^1], seed, quarantine);
        }
    }

    private void CutTornTail(Segment segment, uint seed, Quarantine quarantine)
    {
        long length = segment.End;
        long good = segment.Start;
        var reader = new SegmentReader(segment.File, segment.Position, seed);
        var broken = new List<SegmentItem>();
        for (long at = segment.Start; reader.Read(at, length, needsBody: true) is { } item; at = item.End)
        {
            if (item.IsWhole)
            {
                good = item.End;
                broken.Clear();
            }
            else
            {
                broken.Add(item);
            }
        }

        if (good >= length)
        {
            return;
        }

        foreach (SegmentItem item in broken)
        {
            // Complete, but not what was written: that may be an acknowledged request on a bad disk.
            if (item.Header is { } header && header.End == item.End)
            {
                var bytes = new byte[item.Length];
                reader.Copy(item.Position, bytes);
                JournalLog.DamageSetAside(logger, item.Length, segment.Path, item.Position, quarantine.SaveBytes(item.Position, "damaged", bytes));
            }
        }

        segment.File.SetLength(good - segment.Position);
        segment.File.Sync();
        segment.End = good;
        JournalLog.TornTailCut(logger, length - good, segment.Path);
    }

    private void ReportGaps(List<Segment> segments, long committed)
    {
        long expected = committed;
        foreach (Segment segment in segments)
        {
            if (segment.Position > expected)
            {
                JournalLog.Gap(logger, directory, segment.Position - expected, segment.Position);
            }

            expected = Math.Max(expected, segment.End);
        }
    }

    private static void ReadHeaders(
        Segment segment, uint seed, long committed, bool checksBodies, ResendWindow window, IReadOnlySet<long> setAside, WaitingCounts waiting)
    {
        var reader = new SegmentReader(segment.File, segment.Position, seed);
        for (long at = segment.Start; reader.Read(at, segment.End, needsBody: checksBodies) is { } item; at = item.End)
        {
            if (item.Header is not { HoldsRecords: true } header)
            {
                continue;
            }

            if (item.IsWhole && header.Kind == FrameKind.Request && (header.Flags & FrameFlags.Recognisable) != 0)
            {
                Remember(window, new(header.Digest, header.ReceivedAt, header.Position), setAside);
            }

            if (header.Position >= committed)
            {
                waiting.Add(reader.SenderUtf8(header), header.Records, header.FrameLength);
            }
        }
    }

    /// <summary>Whoever sends a file of the quarantine again must not be told that it is known.</summary>
    private static void Remember(ResendWindow window, in KnownRequest request, IReadOnlySet<long> setAside)
    {
        if (!setAside.Contains(request.Position))
        {
            window.Add(request);
        }
    }
}
