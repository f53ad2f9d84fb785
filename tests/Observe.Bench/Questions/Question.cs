namespace Observe.Bench.Questions;

/// <summary>A question whose time is measured.</summary>
/// <param name="TargetMs">Of the answer's wall time with 2 million records in architecture.md, or with 20 million in its issue; null where none is set.</param>
/// <param name="Path">With its query string, without <c>from</c> and <c>to</c>.</param>
/// <param name="Tables">Those that it reads, to tell how much it skips.</param>
/// <param name="Hours">The end of the range that is asked for; null for all of it.</param>
/// <param name="HasRange">Whether it is about a range of time.</param>
internal sealed record Question(string Name, double? TargetMs, string Path, string[] Tables, double? Hours = null, bool HasRange = true)
{
    /// <summary>A query in the search language.</summary>
    public static Question Of(string text, double? targetMs, string? name = null, double? hours = null) => new(
        name ?? text, targetMs, "/api/v1/query?limit=100&q=" + Uri.EscapeDataString(text),
        [text.StartsWith("spans", StringComparison.Ordinal) ? "spans" : "logs"], hours);

    /// <summary>Whether the answer tells what was read.</summary>
    public bool HasStatistics => Path.StartsWith("/api/v1/query", StringComparison.Ordinal);
}
