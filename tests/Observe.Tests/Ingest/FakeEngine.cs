using System.Collections.Concurrent;
using Observe.Storage.Batches;
using Observe.Storage.Engine;
using Observe.Storage.Results;

namespace Observe.Tests.Ingest;

/// <summary>
/// Takes what is inserted as the engine does: day by day, once for each day and token. Fails or waits when it is told to, and keeps the rows itself or has
/// a real engine keep them.
/// </summary>
internal sealed class FakeEngine(IStorageEngine? real = null) : IStorageEngine
{
    public string Database => "observe";

    public string Version => "fake";

    private readonly ConcurrentDictionary<(string Table, ushort? Day, string Token), bool> _tokens = new();

    /// <summary>Every insert into tables of signals, in order.</summary>
    public ConcurrentQueue<(string Table, ResultBlock Rows)> Inserts { get; } = new();

    /// <summary>Every insert into the ledger, in order.</summary>
    public ConcurrentQueue<ResultBlock> Ledger { get; } = new();

    /// <summary>Asked before each insert; may throw.</summary>
    public Func<ColumnBatch, Task> OnInsert { get; set; } = _ => Task.CompletedTask;

    /// <summary>Asked before each day's rows of an insert are kept, when those of the days before are; may throw.</summary>
    public Action<ColumnBatch> OnDay { get; set; } = _ => { };

    /// <summary>Told after each insert, when what was inserted is kept; may throw.</summary>
    public Func<ColumnBatch, Task> OnInserted { get; set; } = _ => Task.CompletedTask;

    /// <summary>Asked at each probe; may throw.</summary>
    public Func<ColumnBatch, Task> OnProbe { get; set; } = _ => Task.CompletedTask;

    public IReadOnlyList<ResultBlock> Of(string table) => [.. Inserts.Where(insert => insert.Table == table).Select(insert => insert.Rows)];

    public async Task InsertAsync(ColumnBatch batch, string? deduplicationToken, CancellationToken cancellationToken)
    {
        await OnInsert(batch);
        foreach ((ushort? day, ColumnBatch rows) in Days(batch))
        {
            OnDay(rows);
            if (real is not null)
            {
                await real.InsertAsync(rows, deduplicationToken, cancellationToken);
            }
            else if (deduplicationToken is null || _tokens.TryAdd((rows.Table, day, deduplicationToken), true))
            {
                Keep(rows);
            }
        }

        await OnInserted(batch);
    }

    public long? InsertCount(string table) => real?.InsertCount(table);

    private static IEnumerable<(ushort? Day, ColumnBatch Rows)> Days(ColumnBatch batch)
    {
        if (batch.PartitionTime is null)
        {
            yield return (null, batch);
        }

        foreach (ushort day in batch.Days())
        {
            var rows = (ColumnBatch)Activator.CreateInstance(batch.GetType())!;
            rows.AppendDay(batch, day);
            yield return (day, rows);
        }
    }

    private void Keep(ColumnBatch batch)
    {
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

    public Task<FormattedResult> FormatAsync(SqlStatement statement, ResultFormat format, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<FormattedResult> FormatUserSqlAsync(string sql, ResultFormat format, CancellationToken cancellationToken) =>
        throw new NotSupportedException();
}
