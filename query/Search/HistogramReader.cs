using Observe.Query.Compilation;
using Observe.Query.Time;
using Observe.Storage.Engine;
using Observe.Storage.Results;

namespace Observe.Query.Search;

/// <summary>Counts records over time.</summary>
internal static class HistogramReader
{
    private static readonly string[] LogClasses = ["unset", .. Severity.Classes];
    private static readonly string[] SpanClasses = ["unset", "ok", "error"];

    public static async Task<Histogram> ReadAsync(
        IStorageEngine engine, CompiledSearch search, TimeRange range, int bins, IReadOnlyList<string> notices, CancellationToken cancellationToken)
    {
        long width = BinWidths.For(range.To - range.From, bins);

        // Bins begin at multiples of their width, so that they do not move when the range does.
        long start = FloorTo(range.From, width);
        var starts = new List<long>();
        for (long bin = start; bin < range.To; bin += width)
        {
            starts.Add(bin);
        }

        string[] classes = search.Signal == SearchSignal.Logs ? LogClasses : SpanClasses;
        var counts = new long[classes.Length][];
        long total = 0;
        foreach (ResultBlock block in await engine.QueryAllAsync(SearchCompiler.Histogram(search, start, width), cancellationToken))
        {
            for (int row = 0; row < block.RowCount; row++)
            {
                long count = (long)block["Count"].GetUInt64(row);
                long[] series = counts[block["Class"].GetInt64(row)] ??= new long[starts.Count];
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

        return new Histogram(search.Signal, width, starts, found, total, notices);
    }

    private static long FloorTo(long value, long width) => value - (((value % width) + width) % width);
}
