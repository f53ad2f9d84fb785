namespace Observe.Query.Execution;

/// <summary>Why a question was not run.</summary>
public enum RefusalReason
{
    /// <summary>The line has no room.</summary>
    LineFull,

    /// <summary>The asker has half of the line already.</summary>
    TooManyOfOne,

    /// <summary>No place became free in time.</summary>
    WaitedTooLong,
}
