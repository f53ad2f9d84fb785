using Observe.Query.Time;

namespace Observe.Query.Search;

/// <summary>A search as a user asks it.</summary>
/// <param name="Query">Text in the search language; empty finds every log.</param>
/// <param name="Range">The time in which records lie.</param>
/// <param name="Limit">At most so many records, the latest first.</param>
/// <param name="MustBeWhole">
/// Whether more rows than <paramref name="Limit"/> are an error of streamed answers, in which nobody would see that they were cut: the limit is the program's, not the asker's.
/// </param>
public sealed record SearchRequest(string Query, TimeRange Range, int Limit, bool MustBeWhole = false);
