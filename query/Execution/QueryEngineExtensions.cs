using Observe.Storage.Engine;
using Observe.Storage.Results;

namespace Observe.Query.Execution;

public static class QueryEngineExtensions
{
    /// <summary>Runs a statement whose result is known to be small, and returns all its blocks that have rows.</summary>
    public static async Task<IReadOnlyList<ResultBlock>> QueryAllAsync(
        this IQueryEngine engine, SqlStatement statement, CancellationToken cancellationToken)
    {
        await using QueryResult result = await engine.QueryAsync(statement, cancellationToken);
        return await result.ReadAllAsync(cancellationToken);
    }
}
