using Observe.Query.Compilation;
using Observe.Query.Time;
using Observe.Storage.Results;

namespace Observe.Query.Search;

/// <summary>The bins of a histogram, and from the engine's counts to their series.</summary>
internal sealed class HistogramBins
{
    private static readonly string[] LogClasses = ["unset", .. Severity.Classes];
    private static readonly string[] SpanClasses = ["unset", "ok", "error"];

    private readonly long[] _starts;

    /// <param name="range">The time that is cut.</param>
    /// <param name="bins">Into about so many.</param>
    public HistogramBins(TimeRange range, int bins)
    {
        Width = BinWidths.For(range.To - range.From, bins);

        // Bins begin at multiples of their width, so that they do not move when the range does.
        Start = range.From - (((range.From % Width) + Width) % Width);

        // By their number: the end of the last one may lie behind what an Int64 holds.
        _starts = new long[((range.To - 1 - Start) / Width) + 1];
        for (int i = 0; i < _starts.Length; i++)
        {
            _starts[i] = Start + (i * Width);
        }
    }

    /// <summary>Of each bin, in nanoseconds.</summary>
    public long Width { get; }

    /// <summary>Of the first bin, in Unix nanoseconds.</summary>
    public long Start { get; }

    /// <summary>Reads what <see cref="Compilation.Pipeline.PipelineCompiler.Histogram"/> selects.</summary>
    public Histogram Read(SearchSignal signal, IReadOnlyList<ResultBlock> blocks, IReadOnlyList<string> notices)
    {
        string[] classes = signal == SearchSignal.Logs ? LogClasses : SpanClasses;
        var counts = new long[classes.Length][];
        long total = 0;
        foreach (ResultBlock block in blocks)
        {
            for (int row = 0; row < block.RowCount; row++)
            {
                long count = (long)block["Count"].GetUInt64(row);
                long[] series = counts[block["Class"].GetInt64(row)] ??= new long[_starts.Length];
                series[block["Bin"].GetInt64(row)] += count;
                total += count;
            }
        }

        List<HistogramSeries> found = [];
        for (int i = 0; i < classes.Length; i++)
        {
            if (counts[i] is { } series)
            {
                found.Add(new HistogramSeries(classes[i], series));
            }
        }

        return new Histogram(signal, Width, _starts, found, total, notices);
    }
}
