namespace Observe.Query.Language;

/// <summary>A value as a query has it.</summary>
/// <param name="Text">Its characters; without the quotes, escapes resolved.</param>
/// <param name="IsQuoted">
/// A quoted value is literal (no wildcards) and compares as text. It still equals a number that was sent as one: who quotes "500" looks
/// for 500.
/// </param>
public sealed record QueryValue(string Text, bool IsQuoted, TextSpan Span)
{
    /// <summary>Whether a * in it stands for any characters.</summary>
    public bool HasWildcard => !IsQuoted && Text.Contains('*', StringComparison.Ordinal);
}
