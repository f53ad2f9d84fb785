using System.Collections.Concurrent;
using Observe.Storage.Batches;
using Observe.Storage.Engine;

namespace Observe.Tests.Query.PromQL.Selection;

/// <summary>The engine it is given, and which statements were asked of it.</summary>
internal sealed class RecordingEngine(IStorageEngine engine) : IStorageEngine
{
    private ConcurrentQueue<string> _statements = new();

    public string Database => engine.Database;

    public string Version => engine.Version;

    /// <summary>The texts since the last time, of statements that read a table.</summary>
    public string[] TakeOf(string table) =>
        [.. Interlocked.Exchange(ref _statements, new ConcurrentQueue<string>()).Where(text => text.Contains($"FROM {table}\n", StringComparison.Ordinal))];

    public Task<QueryResult> QueryAsync(SqlStatement statement, CancellationToken cancellationToken)
    {
        _statements.Enqueue(statement.Text);
        return engine.QueryAsync(statement, cancellationToken);
    }

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
