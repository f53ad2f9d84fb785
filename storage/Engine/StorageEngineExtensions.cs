using Observe.Storage.Results;

namespace Observe.Storage.Engine;

public static class StorageEngineExtensions
{
    /// <summary>Runs a query whose result is known to be small, and returns all its blocks that have rows.</summary>
    public static async Task<IReadOnlyList<ResultBlock>> QueryAllAsync(
        this IStorageEngine engine, SqlStatement statement, CancellationToken cancellationToken)
    {
        await using QueryResult result = await engine.QueryAsync(statement, cancellationToken);
        return await result.ReadAllAsync(cancellationToken);
    }
}
