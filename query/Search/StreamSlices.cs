using Observe.Query.Time;

namespace Observe.Query.Search;

/// <summary>Cuts a range into slices whose rows the engine can sort in little memory, the latest first, for a stream that is read to its end.</summary>
/// <remarks>
/// The engine sorts five minutes at a time, whatever is in them, with all columns: at 5,000 logs a second that is 1.5 million. So rows are counted first, by
/// five minutes, and what is too much for one slice is counted again by shorter times. How many rows a slice may have depends on how wide those before were.
/// <code>
/// range ── windows, longer as little is found ── counts of five minutes ── joined where few, counted finer where many ──► slices
/// </code>
/// </remarks>
/// <param name="range">The question's.</param>
/// <param name="count">Counts the rows of a range by bins.</param>
internal sealed class StreamSlices(TimeRange range, StreamSlices.Counter count)
{
    /// <summary>Bytes of rows, as they arrive, that are sorted at once; the engine takes three times as much.</summary>
    private const long WantedBytes = 16L << 20;

    /// <summary>What a row is taken for before one was seen: a log with a long stack trace.</summary>
    private const double FirstRowBytes = 16_000;

    /// <summary>The beginning of the tables' key: a slice that ends where five minutes do reads no granule that the next reads again.</summary>
    private const long KeyNs = 300_000_000_000;

    private const long FirstWindowNs = 12 * KeyNs;

    /// <summary>Of a window; so that counting takes little memory.</summary>
    private const long MaxBins = 5_000;

    private const long MinWidthNs = 1_000_000;

    /// <summary>The rows of a range by bins of a width, which begin at an origin and are numbered from 0; bins without rows may be left out.</summary>
    public delegate Task<IReadOnlyList<(long Bin, long Rows)>> Counter(TimeRange range, long origin, long width, CancellationToken cancellationToken);

    private readonly Stack<Bin> _bins = new();
    private long _end = range.To;
    private long _window = FirstWindowNs;
    private double _rowBytes = FirstRowBytes;

    private long WantedRows => (long)Math.Clamp(WantedBytes / _rowBytes, 100, 100_000);

    /// <summary>Counts the whole range, for whoever must know how many rows there are before the first.</summary>
    public async Task<long> CountAsync(CancellationToken cancellationToken)
    {
        _window = long.MaxValue;
        await FillAsync(cancellationToken);
        return _bins.Sum(bin => bin.Rows);
    }

    /// <summary>The next slice; null at the end of the range.</summary>
    public async Task<TimeRange?> NextAsync(CancellationToken cancellationToken)
    {
        while (_bins.Count > 0 || _end > range.From)
        {
            if (!_bins.TryPop(out Bin latest))
            {
                await FillAsync(cancellationToken);
                continue;
            }

            if (latest.Rows > 2 * WantedRows && latest.Range.To - latest.Range.From > MinWidthNs)
            {
                long parts = Math.Min(MaxBins, 2 * ((latest.Rows / WantedRows) + 1));
                await CountAsync(latest.Range, Math.Max(MinWidthNs, ((latest.Range.To - latest.Range.From) / parts) + 1), cancellationToken);
                continue;
            }

            TimeRange slice = latest.Range;
            long rows = latest.Rows;
            while (_bins.TryPeek(out Bin next) && rows + next.Rows <= WantedRows)
            {
                rows += next.Rows;
                slice = slice with { From = _bins.Pop().Range.From };
            }

            return slice;
        }

        return null;
    }

    /// <summary>Says what the last slice had. Wide rows are remembered for longer than narrow ones.</summary>
    public void Note(int rows, long bytes) => _rowBytes = rows == 0 ? _rowBytes : Math.Max((double)bytes / rows, _rowBytes / 2);

    private async Task FillAsync(CancellationToken cancellationToken)
    {
        long start = range.From;
        if (_window < _end - range.From)
        {
            start = _end - _window;
            start = Math.Max(range.From, start - (((start % KeyNs) + KeyNs) % KeyNs));
        }

        var window = new TimeRange(start, _end);
        _end = start;
        long rows = await CountAsync(window, Math.Max(KeyNs, RoundUp((window.To - window.From) / MaxBins, KeyNs)), cancellationToken);
        _window = rows < WantedRows && _window < long.MaxValue / 8 ? _window * 8 : _window;
    }

    private async Task<long> CountAsync(TimeRange counted, long width, CancellationToken cancellationToken)
    {
        // Bins begin where five minutes do, where they are as long.
        long origin = width % KeyNs == 0 ? counted.From - (((counted.From % KeyNs) + KeyNs) % KeyNs) : counted.From;
        long sum = 0;
        foreach ((long bin, long rows) in (await count(counted, origin, width, cancellationToken)).OrderBy(found => found.Bin))
        {
            long from = Math.Max(counted.From, origin + (bin * width));
            _bins.Push(new Bin(new TimeRange(from, Math.Min(counted.To, origin + ((bin + 1) * width))), rows));
            sum += rows;
        }

        return sum;
    }

    private static long RoundUp(long value, long unit) => (value + unit - 1) / unit * unit;

    private readonly record struct Bin(TimeRange Range, long Rows);
}
