using System.Runtime.CompilerServices;
using Observe.Query.Compilation;
using Observe.Query.Execution;
using Observe.Storage.Engine;
using Observe.Storage.Results;

namespace Observe.Query.PromQL.Selection;

/// <summary>Reads points block by block, whatever their kind.</summary>
internal sealed class PointBlocks(IQueryEngine engine)
{
    /// <param name="table">Of the points.</param>
    /// <param name="columns">What is read of each, in SQL.</param>
    /// <param name="range">Which points.</param>
    /// <param name="group">What they are grouped by, in SQL; empty for points as they are.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Blocks with rows.</returns>
    public async IAsyncEnumerable<ResultBlock> ReadAsync(
        string table, string columns, PointRange range, string group, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var parameters = new ParameterBag();
        string sql = $"""
            SELECT {columns}
            FROM {table}
            WHERE {range.Condition(parameters)}
            {group}
            """;
        await using QueryResult result = await engine.StreamAsync(new SqlStatement(sql, parameters.Parameters, QueryLimits.Settings), cancellationToken);
        while (await result.ReadBlockAsync(cancellationToken) is { } block)
        {
            if (block.RowCount > 0)
            {
                yield return block;
            }
        }
    }
}
