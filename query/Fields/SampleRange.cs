using Observe.Query.Compilation;
using Observe.Query.Execution;
using Observe.Query.Language;
using Observe.Query.Search;
using Observe.Query.Time;
using Observe.Storage.Engine;
using Observe.Storage.Results;

namespace Observe.Query.Fields;

/// <summary>Finds the part of a range, at its end, in which about as many records match as are wanted.</summary>
/// <remarks>
/// A stretch of time is a sample that the engine reads without sorting. Its records are counted in the last 64th and then the last eighth of the range,
/// and the rest is taken to be as dense: what is read in the end may be more or less than wanted, and is said. Metric series are few, and have no times: all of them are read.
/// </remarks>
internal sealed class SampleRange(IQueryEngine engine, SearchCompiler compiler)
{
    private static readonly long[] Parts = [64, 8];

    public async Task<TimeRange> FindAsync(ParsedQuery query, TimeRange range, FieldTypes types, long wanted, CancellationToken cancellationToken)
    {
        if (query.Signal == SearchSignal.Metrics)
        {
            return range;
        }

        long length = range.To - range.From;
        foreach (long part in Parts)
        {
            var last = new TimeRange(range.To - Math.Max(1, length / part), range.To);
            long count = await CountAsync(compiler.Compile(query, last, types), cancellationToken);
            if (count >= wanted || (part == Parts[^1] && count * part > wanted))
            {
                double needed = (double)wanted / count * (last.To - last.From);
                return new TimeRange(Math.Max(range.From, range.To - (long)Math.Max(1, needed)), range.To);
            }
        }

        return range;
    }

    private async Task<long> CountAsync(CompiledSearch search, CancellationToken cancellationToken)
    {
        string text = $"SELECT count() AS Records FROM {SignalRows.From(search.Signal)} WHERE {search.Condition}";
        IReadOnlyList<ResultBlock> blocks = await engine.QueryAllAsync(
            new SqlStatement(text, search.Parameters.Parameters, QueryLimits.Settings), cancellationToken);
        return blocks.Where(block => block.RowCount > 0).Select(block => (long)block["Records"].GetUInt64(0)).Sum();
    }
}
