using System.Collections.Concurrent;
using Observe.Storage.Batches;
using Observe.Storage.Engine;
using Observe.Storage.Results;

namespace Observe.Tests.Ingest;

/// <summary>Keeps what is inserted, and fails or waits when it is told to.</summary>
internal sealed class FakeEngine : IStorageEngine
{
    public string Database => "observe";

    public string Version => "fake";

    /// <summary>Every insert, in order.</summary>
    public ConcurrentQueue<(string Table, ResultBlock Rows)> Inserts { get; } = new();

    /// <summary>Asked before each insert; may throw.</summary>
    public Func<ColumnBatch, Task> OnInsert { get; set; } = _ => Task.CompletedTask;

    /// <summary>Asked at each probe; may throw.</summary>
    public Func<ColumnBatch, Task> OnProbe { get; set; } = _ => Task.CompletedTask;

    public IReadOnlyList<ResultBlock> Of(string table) => [.. Inserts.Where(insert => insert.Table == table).Select(insert => insert.Rows)];

    public async Task InsertAsync(ColumnBatch batch, string? deduplicationToken, CancellationToken cancellationToken)
    {
        await OnInsert(batch);
        Inserts.Enqueue((batch.Table, BatchRows.Read(batch)));
    }

    public Task ProbeAsync(ColumnBatch batch, CancellationToken cancellationToken)
    {
        Assert.Equal(0, batch.RowCount);
        return OnProbe(batch);
    }

    public Task ExecuteAsync(SqlStatement statement, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<QueryResult> QueryAsync(SqlStatement statement, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<QueryResult> QueryUserSqlAsync(string sql, CancellationToken cancellationToken) => throw new NotSupportedException();
}
