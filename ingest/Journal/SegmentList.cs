namespace Observe.Ingest.Journal;

/// <summary>The segments that are on disk, oldest first. Thread-safe: the writer adds, the pipeline reads and removes.</summary>
internal sealed class SegmentList : IDisposable
{
    private readonly Lock _lock = new();
    private readonly List<Segment> _segments = [];

    public SegmentList(IEnumerable<Segment> segments) => _segments.AddRange(segments);

    public long Bytes
    {
        get
        {
            lock (_lock)
            {
                return _segments.Sum(static segment => segment.Length);
            }
        }
    }

    public void Add(Segment segment)
    {
        lock (_lock)
        {
            _segments.Add(segment);
        }
    }

    public void Remove(Segment segment)
    {
        lock (_lock)
        {
            _segments.Remove(segment);
        }
    }

    /// <summary>The segment that holds the first frame at or after a position; null when there is none yet.</summary>
    public Segment? Find(long position)
    {
        lock (_lock)
        {
            foreach (Segment segment in _segments)
            {
                if (position < segment.End && segment.Start < segment.End)
                {
                    return segment;
                }
            }

            return null;
        }
    }

    /// <summary>Takes out the segments that end at or before a position, but never the newest: the writer may be appending to it.</summary>
    public IReadOnlyList<Segment> TakeUntil(long position)
    {
        lock (_lock)
        {
            int count = 0;
            while (count < _segments.Count - 1 && _segments[count].End <= position)
            {
                count++;
            }

            if (count == 0)
            {
                return [];
            }

            List<Segment> taken = _segments.GetRange(0, count);
            _segments.RemoveRange(0, count);
            return taken;
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            foreach (Segment segment in _segments)
            {
                segment.Dispose();
            }

            _segments.Clear();
        }
    }
}
