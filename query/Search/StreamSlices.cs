using Observe.Query.Time;

namespace Observe.Query.Search;

/// <summary>Cuts a range into slices of some tens of thousands of rows, the latest first, for a stream that is read to its end.</summary>
/// <remarks>
/// The engine sorts five minutes at a time, whatever is in them, with all columns: at 5,000 logs a second that is 1.5 million. A slice is as long as the
/// one before it suggests.
/// </remarks>
internal sealed class StreamSlices(TimeRange range)
{
    /// <summary>Rows that are sorted at once: 60 MB of logs with ten attributes.</summary>
    private const int WantedRows = 50_000;

    /// <summary>Ten thousand records at 100,000 a second.</summary>
    private const long FirstNs = 100_000_000;

    /// <summary>The tables' keys begin with five minutes; a slice that ends where they do reads no granule that the next reads again.</summary>
    private const long KeyNs = 300_000_000_000;

    /// <summary>So that a burst after a silence does not come as one slice: a day of silence is crossed in seven.</summary>
    private const long MaxGrowth = 8;

    private long _end = range.To;
    private long _length = FirstNs;

    /// <summary>The next slice; false at the end of the range.</summary>
    public bool TryNext(out TimeRange slice)
    {
        long start = range.From;
        if (_length < _end - range.From)
        {
            start = _end - _length;
            if (_length >= KeyNs)
            {
                start -= ((start % KeyNs) + KeyNs) % KeyNs;
            }
        }

        slice = new TimeRange(Math.Max(range.From, start), _end);
        _end = slice.From;
        return slice.To > slice.From;
    }

    /// <summary>Says how many rows the last slice had.</summary>
    public void Note(TimeRange slice, int rows)
    {
        long length = slice.To - slice.From;
        double factor = rows == 0 ? MaxGrowth : Math.Min(MaxGrowth, (double)WantedRows / rows);
        _length = (long)Math.Clamp(length * factor, FirstNs / 100, long.MaxValue / 16);
    }
}
