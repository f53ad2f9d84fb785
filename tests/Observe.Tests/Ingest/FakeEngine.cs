using System.Collections.Concurrent;
using Observe.Storage.Batches;
using Observe.Storage.Engine;
using Observe.Storage.Results;

namespace Observe.Tests.Ingest;

/// <summary>Keeps what is inserted, once for each token, and fails or waits when it is told to.</summary>
internal sealed class FakeEngine : IStorageEngine
{
    public string Database => "observe";

    public string Version => "fake";

    private readonly ConcurrentDictionary<(string Table, string Token), bool> _tokens = new();

    /// <summary>Every insert into tables of signals, in order.</summary>
    public ConcurrentQueue<(string Table, ResultBlock Rows)> Inserts { get; } = new();

    /// <summary>Every insert into the ledger, in order.</summary>
    public ConcurrentQueue<ResultBlock> Ledger { get; } = new();

    /// <summary>Asked before each insert; may throw.</summary>
    public Func<ColumnBatch, Task> OnInsert { get; set; } = _ => Task.CompletedTask;

    /// <summary>Told after each insert, when what was inserted is kept; may throw.</summary>
    public Func<ColumnBatch, Task> OnInserted { get; set; } = _ => Task.CompletedTask;

    /// <summary>Asked at each probe; may throw.</summary>
    public Func<ColumnBatch, Task> OnProbe { get; set; } = _ => Task.CompletedTask;

    public IReadOnlyList<ResultBlock> Of(string table) => [.. Inserts.Where(insert => insert.Table == table).Select(insert => insert.Rows)];

    public async Task InsertAsync(ColumnBatch batch, string? deduplicationToken, CancellationToken cancellationToken)
    {
        await OnInsert(batch);
        Keep(batch, deduplicationToken);
        await OnInserted(batch);
    }

    private void Keep(ColumnBatch batch, string? deduplicationToken)
    {
        if (deduplicationToken is not null && !_tokens.TryAdd((batch.Table, deduplicationToken), true))
        {
            return;
        }

        ResultBlock rows = BatchRows.Read(batch);
        if (batch is IngestLedgerBatch)
        {
            Ledger.Enqueue(rows);
        }
        else
        {
            Inserts.Enqueue((batch.Table, rows));
        }
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
