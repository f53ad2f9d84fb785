using Observe.Query.Execution;
using Observe.Storage.Engine;
using Observe.Tests.Storage;

namespace Observe.Tests.Query.Execution;

/// <summary>
/// The engine it is given, in which two statements of a question are short of the small memory side by side: <see cref="First"/> fails while
/// <see cref="Second"/> runs, and that one fails when the question already has the whole.
/// </summary>
internal sealed class ShortOfMemoryEngine(IStorageEngine engine, long smallMemory) : ForwardingEngine(engine)
{
    public const string First = "SELECT 1";
    public const string Second = "SELECT 2";

    private readonly TaskCompletionSource _secondRuns = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public override async Task<QueryResult> QueryAsync(SqlStatement statement, CancellationToken cancellationToken)
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

        return await base.QueryAsync(statement, cancellationToken);
    }
}
