using Observe.Storage.Engine;

namespace Observe.Query.Execution;

/// <summary>The way from this room to the engine: every statement of a question goes through it, so that limits hold for all of them together.</summary>
/// <remarks>
/// Thread-safe. Statements belong to <see cref="Question.Current"/>; without one each is a question of its own. Their limits on time, memory and rows are those of
/// <see cref="QueryOptions"/>, whatever settings for these the statement has. Health checks and ingest go to <see cref="IStorageEngine"/> and are never kept
/// waiting by questions. All members throw <see cref="QueryRefusedException"/> when there are too many questions, <see cref="QueryEndedException"/> when
/// somebody ended this one, and <see cref="StorageException"/>.
/// </remarks>
public interface IQueryEngine
{
    /// <summary>Starts a SELECT of the program's own, as <see cref="IStorageEngine.QueryAsync"/> does.</summary>
    Task<QueryResult> QueryAsync(SqlStatement statement, CancellationToken cancellationToken);

    /// <summary>The same for a result that a client reads to its end at its own pace, so that it may take longer: <see cref="QueryOptions.MaxStreamTime"/>.</summary>
    Task<QueryResult> StreamAsync(SqlStatement statement, CancellationToken cancellationToken);

    /// <summary>Starts a SELECT whose result comes as bytes, as <see cref="IStorageEngine.FormatAsync"/> does.</summary>
    Task<FormattedResult> FormatAsync(SqlStatement statement, ResultFormat format, CancellationToken cancellationToken);

    /// <summary>
    /// The whole result of a SELECT that is small: kept from before if it is still right (<see cref="AnswerCache"/>), shared with those who ask the same now, or read.
    /// </summary>
    /// <param name="reads">The data that the statement reads; what is stored elsewhere does not change its result.</param>
    Task<Answer> AskAsync(SqlStatement statement, DataScope reads, CancellationToken cancellationToken);

    /// <summary>Starts a SELECT that a user wrote, as <see cref="IStorageEngine.QueryUserSqlAsync"/> does.</summary>
    Task<QueryResult> QueryUserSqlAsync(string sql, CancellationToken cancellationToken);

    /// <summary>Starts a SELECT that a user wrote, as <see cref="IStorageEngine.FormatUserSqlAsync"/> does.</summary>
    Task<FormattedResult> FormatUserSqlAsync(string sql, ResultFormat format, CancellationToken cancellationToken);
}
