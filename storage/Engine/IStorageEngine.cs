using Observe.Storage.Batches;

namespace Observe.Storage.Engine;

/// <summary>
/// The seam between Observe and ClickHouse: the engine inside this process, or a server over HTTP, behind the same calls.
/// </summary>
/// <remarks>
/// Thread-safe. Every call may wait for a free connection; cancelling the token gives up the wait or ends the running statement in
/// the engine. Failures of the engine are <see cref="StorageException"/>.
/// </remarks>
public interface IStorageEngine
{
    /// <summary>The database that holds Observe's tables; statements name tables without it.</summary>
    string Database { get; }

    /// <summary>The engine's version, as it says it.</summary>
    string Version { get; }

    /// <summary>Runs a statement that returns no rows.</summary>
    Task ExecuteAsync(SqlStatement statement, CancellationToken cancellationToken);

    /// <summary>
    /// Starts a SELECT (the embedded engine streams nothing else: an EXPLAIN goes into a subquery). The result streams: blocks arrive while the engine works, and disposing the result early ends the query.
    /// </summary>
    Task<QueryResult> QueryAsync(SqlStatement statement, CancellationToken cancellationToken);

    /// <summary>
    /// Starts a query that a user wrote in SQL: one SELECT, read-only, within the limits of <see cref="EngineOptions"/>.
    /// </summary>
    /// <exception cref="StorageException">
    /// <see cref="StorageError.BadStatement"/> when it is anything else or wrong; a limit's error when it was hit, here or while blocks are read.
    /// </exception>
    Task<QueryResult> QueryUserSqlAsync(string sql, CancellationToken cancellationToken);

    /// <summary>
    /// Starts a SELECT without FORMAT whose result comes as bytes. Returns when the first bytes are there, so that most failures are thrown here.
    /// </summary>
    Task<FormattedResult> FormatAsync(SqlStatement statement, ResultFormat format, CancellationToken cancellationToken);

    /// <summary>As <see cref="QueryUserSqlAsync"/>, with a result that comes as bytes.</summary>
    /// <exception cref="StorageException">As there; also <see cref="StorageError.BadStatement"/> when the format cannot hold a column's type.</exception>
    Task<FormattedResult> FormatUserSqlAsync(string sql, ResultFormat format, CancellationToken cancellationToken);

    /// <summary>
    /// Inserts all rows of a batch as one Native block. When the task completes, the rows are in the engine; when it fails, some days of them may be: a repetition with the same token stores the rest.
    /// </summary>
    /// <param name="batch">Not changed and not kept; the caller clears and reuses it afterwards.</param>
    /// <param name="deduplicationToken">A repeated insert with the same token is dropped by the engine; null for none.</param>
    /// <param name="cancellationToken">Ends the wait for a connection. An insert that has begun is finished.</param>
    Task InsertAsync(ColumnBatch batch, string? deduplicationToken, CancellationToken cancellationToken);

    /// <summary>How often <see cref="InsertAsync"/> has changed a table: the same number as before says that nothing was added. Null where others insert too.</summary>
    long? InsertCount(string table);

    /// <summary>
    /// Asks whether the engine takes inserts of this kind at all: sends the batch, which has no rows. What is wrong with the table, its columns or
    /// the engine fails here as it fails an insert; what is wrong with rows does not.
    /// </summary>
    /// <param name="batch">Without rows, which would be stored.</param>
    /// <param name="cancellationToken">Ends the wait for a connection.</param>
    Task ProbeAsync(ColumnBatch batch, CancellationToken cancellationToken);
}
