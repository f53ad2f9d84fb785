namespace Observe.Query.PromQL.Language;

/// <summary>Which series of two vectors belong together.</summary>
/// <param name="Cardinality">How many of one side may belong to one of the other.</param>
/// <param name="IsOn"><c>on</c>: the labels are those that are compared; otherwise (<c>ignoring</c>) those that are not.</param>
/// <param name="Labels">The labels, each once.</param>
/// <param name="Include">Labels of the "one" side that the result gets: those of <c>group_left</c> and <c>group_right</c>.</param>
public sealed record VectorMatching(MatchCardinality Cardinality, bool IsOn, IReadOnlyList<string> Labels, IReadOnlyList<string> Include);
