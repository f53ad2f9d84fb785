using Observe.Storage.Engine;

namespace Observe.Query.Execution;

internal static class QuestionOutcomes
{
    public static QuestionOutcome Of(Exception error) => error switch
    {
        OperationCanceledException or QueryEndedException => QuestionOutcome.Cancelled,
        StorageException { Error: StorageError.TimeLimit } => QuestionOutcome.TimeLimit,
        StorageException { Error: StorageError.MemoryLimit } => QuestionOutcome.MemoryLimit,
        StorageException { Error: StorageError.RowLimit } => QuestionOutcome.RowLimit,
        _ => QuestionOutcome.Failed,
    };

    /// <summary>As it stands in figures, logs and answers.</summary>
    public static string NameOf(QuestionOutcome outcome) => outcome switch
    {
        QuestionOutcome.Answered => "answered",
        QuestionOutcome.Cancelled => "cancelled",
        QuestionOutcome.TimeLimit => "time_limit",
        QuestionOutcome.MemoryLimit => "memory_limit",
        QuestionOutcome.RowLimit => "row_limit",
        _ => "failed",
    };
}
