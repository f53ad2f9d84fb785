namespace Observe.Query.PromQL.Language;

/// <summary>What stands between a binary operator and its right side.</summary>
/// <param name="Bool">The word <c>bool</c>, if it is there.</param>
/// <param name="Matching"><c>on</c> or <c>ignoring</c> and <c>group_left</c> or <c>group_right</c>, if they are there.</param>
/// <param name="Group">The word <c>group_left</c> or <c>group_right</c>, if it is there.</param>
internal readonly record struct BinaryModifiers(Token? Bool, VectorMatching? Matching, Token? Group);
