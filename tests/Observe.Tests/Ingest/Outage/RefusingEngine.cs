using Observe.Storage.Batches;
using Observe.Storage.Engine;

namespace Observe.Tests.Ingest.Outage;

/// <summary>The engine it is given, which can be away for a while.</summary>
internal sealed class RefusingEngine(IStorageEngine engine) : IStorageEngine
{
    private volatile bool _isAway;
    private long _refused;

    public bool IsAway
    {
        get => _isAway;
        set => _isAway = value;
    }

    /// <summary>Inserts that were refused.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    public string Database => engine.Database;

    public string Version => engine.Version;

    public Task InsertAsync(ColumnBatch batch, string? deduplicationToken, CancellationToken cancellationToken)
    {
        if (_isAway)
        {
            Interlocked.Increment(ref _refused);
            throw Away();
        }

        return engine.InsertAsync(batch, deduplicationToken, cancellationToken);
    }

    public long? InsertCount(string table) => engine.InsertCount(table);

    public Task ProbeAsync(ColumnBatch batch, CancellationToken cancellationToken) =>
        _isAway ? throw Away() : engine.ProbeAsync(batch, cancellationToken);

    public Task ExecuteAsync(SqlStatement statement, CancellationToken cancellationToken) => engine.ExecuteAsync(statement, cancellationToken);

    public Task<QueryResult> QueryAsync(SqlStatement statement, CancellationToken cancellationToken) => engine.QueryAsync(statement, cancellationToken);

    public Task<QueryResult> QueryUserSqlAsync(string sql, CancellationToken cancellationToken) => engine.QueryUserSqlAsync(sql, cancellationToken);

    public Task<FormattedResult> FormatAsync(SqlStatement statement, ResultFormat format, CancellationToken cancellationToken) =>
        engine.FormatAsync(statement, format, cancellationToken);

    public Task<FormattedResult> FormatUserSqlAsync(string sql, ResultFormat format, CancellationToken cancellationToken) =>
        engine.FormatUserSqlAsync(sql, format, cancellationToken);

    private static StorageException Away() => new(StorageError.Failed, "The engine is away.");
}
