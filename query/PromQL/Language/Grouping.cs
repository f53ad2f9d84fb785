namespace Observe.Query.PromQL.Language;

/// <summary>Which series an aggregation takes together.</summary>
/// <param name="IsWithout"><c>without</c>: all labels but these; otherwise (<c>by</c>) these.</param>
/// <param name="Labels">The labels, each once.</param>
public sealed record Grouping(bool IsWithout, IReadOnlyList<string> Labels)
{
    /// <summary>All series together: what neither <c>by</c> nor <c>without</c> means, and an empty <c>by ()</c>.</summary>
    public static Grouping All { get; } = new(false, []);
}
