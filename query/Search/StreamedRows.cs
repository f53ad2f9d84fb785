using Observe.Query.Compilation;
using Observe.Query.Compilation.Pipeline;
using Observe.Query.Execution;
using Observe.Query.Fields;
using Observe.Query.Language;
using Observe.Query.Time;
using Observe.Storage.Engine;
using Observe.Storage.Results;

namespace Observe.Query.Search;

/// <summary>Counts the rows of long lists before they are read.</summary>
internal sealed class StreamedRows(IQueryEngine engine, TimeProvider time)
{
    /// <summary>The slices of a list in the order of time.</summary>
    public StreamSlices Slices(ParsedQuery query, FieldTypes types, TimeRange range) => new(
        range,
        async (part, origin, width, cancellationToken) =>
        {
            SqlStatement statement = PipelineCompiler.Histogram(query, part, origin, width, time, types, range).Statement;
            var rows = new Dictionary<long, long>();
            foreach (ResultBlock block in await engine.QueryAllAsync(statement, cancellationToken))
            {
                for (int row = 0; row < block.RowCount; row++)
                {
                    long bin = block["Bin"].GetInt64(row);
                    rows[bin] = rows.GetValueOrDefault(bin) + (long)block["Count"].GetUInt64(row);
                }
            }

            return [.. rows.Select(bin => (bin.Key, bin.Value))];
        });

    /// <exception cref="ResultLimitException">There are more rows than a whole answer may have.</exception>
    public static void Check(long rows, SearchRequest request)
    {
        if (request.MustBeWhole && rows > request.Limit)
        {
            throw new ResultLimitException(
                $"The answer has more than {request.Limit:#,0} rows, and one answer has no more. Narrow the time range or the filter, or set limit to take so many of them, the latest first.");
        }
    }
}
