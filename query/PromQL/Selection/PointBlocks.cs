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
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Blocks with rows.</returns>
    public async IAsyncEnumerable<ResultBlock> ReadAsync(
        string table, string columns, PointRange range, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using QueryResult result = await StartAsync(table, columns, range, cancellationToken);
        while (await result.ReadBlockAsync(cancellationToken) is { } block)
        {
            if (block.RowCount > 0)
            {
                yield return block;
            }
        }
    }

    /// <summary>The same for numbers, which are shown where they are.</summary>
    public async Task ScanAsync(string table, string columns, PointRange range, INumberSink sink, CancellationToken cancellationToken)
    {
        await using QueryResult result = await StartAsync(table, columns, range, cancellationToken);
        await result.ScanAsync(sink, cancellationToken);
    }

    private Task<QueryResult> StartAsync(string table, string columns, PointRange range, CancellationToken cancellationToken)
    {
        var parameters = new ParameterBag();
        string sql = $"SELECT {columns} FROM {table} WHERE {range.Condition(parameters)}";
        return engine.StreamAsync(new SqlStatement(sql, parameters.Parameters, [.. QueryLimits.Settings, new("preferred_block_size_bytes", "0")]), cancellationToken);
    }
}
