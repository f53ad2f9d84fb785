using Observe.Storage.Engine;

namespace Observe.Query.Execution;

/// <inheritdoc cref="IQueryEngine"/>
internal sealed class QueryEngine(IStorageEngine storage) : IQueryEngine
{
    public Task<QueryResult> QueryAsync(SqlStatement statement, CancellationToken cancellationToken) => storage.QueryAsync(statement, cancellationToken);

    public Task<QueryResult> QueryUserSqlAsync(string sql, CancellationToken cancellationToken) => storage.QueryUserSqlAsync(sql, cancellationToken);

    public Task<FormattedResult> FormatAsync(SqlStatement statement, ResultFormat format, CancellationToken cancellationToken) =>
        storage.FormatAsync(statement, format, cancellationToken);

    public Task<FormattedResult> FormatUserSqlAsync(string sql, ResultFormat format, CancellationToken cancellationToken) =>
        storage.FormatUserSqlAsync(sql, format, cancellationToken);
}
