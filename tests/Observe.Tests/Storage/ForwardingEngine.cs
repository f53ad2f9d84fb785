using Observe.Storage.Batches;
using Observe.Storage.Engine;

namespace Observe.Tests.Storage;

/// <summary>The engine it is given, for tests that look at or change a part of what is asked of it.</summary>
internal abstract class ForwardingEngine(IStorageEngine engine) : IStorageEngine
{
    public string Database => engine.Database;

    public string Version => engine.Version;

    public virtual Task<QueryResult> QueryAsync(SqlStatement statement, CancellationToken cancellationToken) => engine.QueryAsync(statement, cancellationToken);

    public Task ExecuteAsync(SqlStatement statement, CancellationToken cancellationToken) => engine.ExecuteAsync(statement, cancellationToken);

    public Task<QueryResult> QueryUserSqlAsync(string sql, CancellationToken cancellationToken) => engine.QueryUserSqlAsync(sql, cancellationToken);

    public Task<FormattedResult> FormatAsync(SqlStatement statement, ResultFormat format, CancellationToken cancellationToken) =>
        engine.FormatAsync(statement, format, cancellationToken);

    public Task<FormattedResult> FormatUserSqlAsync(string sql, ResultFormat format, CancellationToken cancellationToken) =>
        engine.FormatUserSqlAsync(sql, format, cancellationToken);

    public Task InsertAsync(ColumnBatch batch, string? deduplicationToken, CancellationToken cancellationToken) =>
        engine.InsertAsync(batch, deduplicationToken, cancellationToken);

    public long? InsertCount(string table) => engine.InsertCount(table);

    public Task ProbeAsync(ColumnBatch batch, CancellationToken cancellationToken) => engine.ProbeAsync(batch, cancellationToken);
}
