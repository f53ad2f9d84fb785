using Observe.Query.Execution;
using Observe.Storage.Batches;
using Observe.Storage.Engine;

namespace Observe.Tests.Query.Execution;

/// <summary>
/// The engine it is given, in which two statements of a question are short of the small memory side by side: <see cref="First"/> fails while
/// <see cref="Second"/> runs, and that one fails when the question already has the whole.
/// </summary>
internal sealed class ShortOfMemoryEngine(IStorageEngine engine, long smallMemory) : IStorageEngine
{
    public const string First = "SELECT 1";
    public const string Second = "SELECT 2";

    private readonly TaskCompletionSource _secondRuns = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Database => engine.Database;

    public string Version => engine.Version;

    public async Task<QueryResult> QueryAsync(SqlStatement statement, CancellationToken cancellationToken)
    {
        bool isSmall = statement.Settings.Any(setting => setting.Key == "max_memory_usage" && setting.Value == $"{smallMemory}");
        if (isSmall && statement.Text == First)
        {
            await _secondRuns.Task.WaitAsync(cancellationToken);
            throw new StorageException(StorageError.MemoryLimit, "The small memory is too little for the first.");
        }

        if (isSmall && statement.Text == Second)
        {
            _secondRuns.TrySetResult();
            Question question = Question.Current!;
            await Wait.UntilAsync(() => question.IsLarge);
            throw new StorageException(StorageError.MemoryLimit, "The small memory is too little for the second.");
        }

        return await engine.QueryAsync(statement, cancellationToken);
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
