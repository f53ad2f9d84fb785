namespace Observe.Query.Execution;

/// <summary>How a question ended; of its statements' ends the worst.</summary>
public enum QuestionOutcome
{
    Answered,

    /// <summary>Whoever asked went away, or it was ended on request.</summary>
    Cancelled,

    TimeLimit,

    MemoryLimit,

    RowLimit,

    Failed,
}
