using Observe.Query.Traces;

namespace Observe.Query.Api;

/// <summary>What answers call the issues of a span.</summary>
internal static class SpanIssueNames
{
    public static readonly IReadOnlyList<(SpanIssues Issue, string Name)> All =
    [
        (SpanIssues.MissingParent, "missing_parent"),
        (SpanIssues.DuplicateId, "duplicate_id"),
        (SpanIssues.Cycle, "cycle"),
        (SpanIssues.BeginsBeforeParent, "begins_before_parent"),
        (SpanIssues.EndsAfterParent, "ends_after_parent"),
        (SpanIssues.NegativeDuration, "negative_duration"),
    ];
}
