namespace Observe.Tests.Ingest;

/// <summary>The time, in which the ledger's notes are never due: they take the counts that a test wants to see.</summary>
internal class TimeWithoutNotes : TimeProvider
{
    /// <summary>That of the notes; no other timer of ingest has it.</summary>
    private static readonly TimeSpan NotesPeriod = TimeSpan.FromSeconds(5);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        period == NotesPeriod
            ? base.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan)
            : base.CreateTimer(callback, state, dueTime, period);
}
