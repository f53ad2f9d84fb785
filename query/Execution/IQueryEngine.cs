using Observe.Storage.Engine;

namespace Observe.Query.Execution;

/// <summary>The way from this room to the engine: every statement of a question goes through it, so that limits hold for all of them together.</summary>
/// <remarks>Thread-safe. Health checks and ingest go to <see cref="IStorageEngine"/> and are never kept waiting by questions.</remarks>
public interface IQueryEngine
{
    /// <summary>Starts a SELECT of the program's own, as <see cref="IStorageEngine.QueryAsync"/> does.</summary>
    Task<QueryResult> QueryAsync(SqlStatement statement, CancellationToken cancellationToken);

    /// <summary>Starts a SELECT whose result comes as bytes, as <see cref="IStorageEngine.FormatAsync"/> does.</summary>
    Task<FormattedResult> FormatAsync(SqlStatement statement, ResultFormat format, CancellationToken cancellationToken);

    /// <summary>Starts a SELECT that a user wrote, as <see cref="IStorageEngine.QueryUserSqlAsync"/> does.</summary>
    Task<QueryResult> QueryUserSqlAsync(string sql, CancellationToken cancellationToken);

    /// <summary>Starts a SELECT that a user wrote, as <see cref="IStorageEngine.FormatUserSqlAsync"/> does.</summary>
    Task<FormattedResult> FormatUserSqlAsync(string sql, ResultFormat format, CancellationToken cancellationToken);
}
