namespace Observe.Query.Language;

/// <summary>What is said to those who write a filter as other languages have it.</summary>
internal static class FilterMistakes
{
    /// <summary>The operator that is meant by one that there is not; null if that cannot be told.</summary>
    public static string? Operator(string written) => written switch
    {
        "==" => "=",
        "<>" or "!==" => "!=",
        "=>" => ">=",
        "=<" => "<=",
        "=~" or "~=" or "~~" => "~",
        "!~=" or "!=~" => "!~",
        _ => null,
    };

    /// <summary>The error of an aggregate where the column that it made is meant.</summary>
    public static QuerySyntaxException AggregateColumn(string written, TextSpan span) => new(
        $"The name of the column {written} needs backticks: `{written}`; or name the column in stats, {written} as n, and write n.", span);

    /// <summary>The filter that is meant by a field, <c>in</c>, <c>is</c> or <c>like</c>, and a value.</summary>
    public static string Sentence(string field, string verb, bool isNegated, string value)
    {
        if (verb.Equals("in", StringComparison.OrdinalIgnoreCase))
        {
            return $"{field}{(isNegated ? " not" : "")} in ({Value(value)})";
        }

        string inner = value.Trim('%', '*');
        if (verb.Equals("is", StringComparison.OrdinalIgnoreCase))
        {
            return value.Equals("null", StringComparison.OrdinalIgnoreCase) || inner.Length == 0
                ? $"{(isNegated ? "" : "!")}{field}:*"
                : $"{field}{(isNegated ? "!=" : "=")}{Value(value)}";
        }

        string pattern = value.Replace('%', '*');
        string condition = inner.Length == 0 ? $"{field}:*"
            : QuerySyntax.LiteralValue(inner) != inner ? $"{field}:{QuerySyntax.Quote(inner)}"
            : pattern == inner + "*" ? $"{field}:{pattern}"
            : $"{field}={pattern}";
        return (isNegated ? "!" : "") + condition;
    }

    /// <summary>A value with its wildcards.</summary>
    private static string Value(string text)
    {
        string literal = text.Replace("*", "", StringComparison.Ordinal);
        return literal.Length > 0 && QuerySyntax.LiteralValue(literal) == literal ? text : QuerySyntax.Quote(text);
    }
}
