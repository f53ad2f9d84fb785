using Observe.Query.Time;

namespace Observe.Query.Execution;

/// <summary>A question that kept the engine busy for long.</summary>
/// <param name="Text">As it was typed; null where there is none or it may not be kept.</param>
/// <param name="Busy">Time in which the engine worked for it.</param>
/// <param name="Waited">Time that it stood in line before.</param>
/// <param name="Sql">Of the statement that took longest; cut when it is long.</param>
/// <param name="Parameters">That statement's values; none where they may not be kept.</param>
/// <param name="Plan">What that statement reads; null where the engine did not say it in time.</param>
public sealed record SlowQuery(
    long Id, string Kind, string? Text, TimeRange? Range, DateTimeOffset StartedAt, TimeSpan Busy, TimeSpan Waited, QuestionOutcome Outcome,
    int Statements, ulong RowsRead, ulong BytesRead, string Sql, IReadOnlyList<KeyValuePair<string, string>> Parameters, StatementPlan? Plan);
