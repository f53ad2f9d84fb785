namespace Observe.Query.Traces;

/// <summary>What is wrong with a span within its trace.</summary>
[Flags]
public enum SpanIssues
{
    None = 0,

    /// <summary>Its parent is not stored: not sampled, lost, or still to come.</summary>
    MissingParent = 1,

    /// <summary>Another span of the trace has the same id.</summary>
    DuplicateId = 2,

    /// <summary>It is its own ancestor.</summary>
    Cycle = 4,

    /// <summary>It begins before its parent does: the clocks of the two differ.</summary>
    BeginsBeforeParent = 8,

    /// <summary>It serves its parent's call and ends after it: the caller did not wait for the answer, or the clocks of the two differ.</summary>
    EndsAfterParent = 16,

    /// <summary>Its end lies before its start: its clock was set back meanwhile.</summary>
    NegativeDuration = 32,
}
