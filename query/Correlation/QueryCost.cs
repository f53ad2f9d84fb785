using Observe.Storage.Engine;

namespace Observe.Query.Correlation;

/// <summary>Adds up what several statements cost, some of them at the same time.</summary>
internal sealed class QueryCost
{
    private readonly Lock _lock = new();
    private ulong _rows;
    private ulong _bytes;

    public void Add(QueryStatistics statistics)
    {
        lock (_lock)
        {
            _rows += statistics.RowsRead;
            _bytes += statistics.BytesRead;
        }
    }

    /// <param name="elapsed">Time since the question was asked, which is less than the sum of the statements'.</param>
    public QueryStatistics Total(TimeSpan elapsed)
    {
        lock (_lock)
        {
            return new QueryStatistics(elapsed, _rows, _bytes);
        }
    }
}
