using Observe.Query.Language;

namespace Observe.Query.PromQL.Language;

/// <summary>What is said to those who write PromQL as other languages are written.</summary>
internal static class SyntaxMistakes
{
    private const int LongestExample = 60;

    /// <summary>An expression as it may stand in a message.</summary>
    public static string Example(Expression expression)
    {
        string text = PromQLPrinter.Print(expression);
        return text.Length <= LongestExample ? text : "…";
    }

    /// <summary>What stands where an expression is expected.</summary>
    public static string NoExpression(Token token, bool isEmpty) => token.Kind switch
    {
        TokenKind.End when isEmpty => "The query is empty: name a metric, such as up or rate(http_requests_total[5m]).",
        TokenKind.End => "An expression is expected at the end: a metric, a number, a function's call.",
        TokenKind.RightParen => "An expression is expected before this ).",
        TokenKind.LeftBracket => "A selector is expected before its range: up[5m].",
        TokenKind.At => "A selector is expected before @: up @ end().",
        TokenKind.RightBrace => "This } closes nothing: remove it.",
        TokenKind.RightBracket => "This ] closes nothing: remove it.",
        TokenKind.Comma => "An expression is expected before this comma.",
        _ => $"An expression is expected here, not {token.Text}.",
    };

    /// <summary>A keyword that stands where a metric's name is expected.</summary>
    public static string Reserved(Token word) => word.Text.ToLowerInvariant() switch
    {
        "bool" => "bool stands after a comparison, such as a > bool b; the metric of that name is {\"bool\"}.",
        "atan2" => "atan2 stands between two expressions; the metric of that name is {\"atan2\"}.",
        _ => $"{word.Text} stands directly after a binary operator, such as a * {word.Text} (job) b; the metric of that name is {{\"{word.Text}\"}}.",
    };

    /// <summary>What is wrong with what stands where an expression might have ended; null if that cannot be told.</summary>
    public static string? Trailing(TokenReader tokens, Expression before, Token next)
    {
        switch (next.Kind)
        {
            case TokenKind.RightParen:
                return "This ) closes nothing: remove it.";
            case TokenKind.RightBrace:
                return "This } closes nothing: remove it.";
            case TokenKind.RightBracket:
                return "This ] closes nothing: remove it.";
            case TokenKind.Operator when next.Text == "=":
                return "One = compares a label, in braces; values are compared with ==.";
            case TokenKind.Operator when next.Text is "=~" or "!~":
                return $"{next.Text} compares a label, in braces: x{{label{next.Text}\"…\"}}.";
            case TokenKind.LeftBrace:
                return "Braces stand directly after a metric's name.";
            case TokenKind.LeftParen:
                return "An operator is expected before this (; a function's name stands directly before it.";
            case TokenKind.Comma:
                return "A comma separates the arguments of a function and the labels in a list; it has no meaning here.";
            case TokenKind.Duration:
                return $"An operator is expected before {Excerpt.Of(next.Text)}; a range stands in brackets, [{Excerpt.Of(next.Text)}], and an offset after the word offset.";
            case TokenKind.Word:
                return Word(tokens, before, next);
            default:
                return null;
        }
    }

    private static string? Word(TokenReader tokens, Expression before, Token next)
    {
        string? name = before is VectorSelector { Matchers.Count: 0, Offset: null, At: null } selector ? selector.Name : null;
        string shown = Excerpt.Of(next.Text);
        if (Leftmost(before) is VectorSelector { Matchers.Count: 0, Name: { } first } && Is(first, "select", "show", "describe"))
        {
            return "PromQL has no SELECT: name a metric and what its labels are, up{job=\"api\"}, and aggregate with sum by (job) (…).";
        }

        if (next.IsWord("where"))
        {
            return $"There is no where: conditions on labels stand in braces, {name ?? "x"}{{job=\"api\"}}, and those on values after it, {name ?? "x"} > 5.";
        }

        if (next.IsWord("group") && tokens.After(next).IsWord("by"))
        {
            return "Write by in place of group by: sum by (job) (x), or sum(x) by (job).";
        }

        if (next.IsWord("by") || next.IsWord("without"))
        {
            return $"{next.Text} belongs to an aggregation: sum {next.Text} (…) ({(before.Type == ExpressionType.InstantVector ? Example(before) : "x")}).";
        }

        if (Is(next.Text, "is", "like", "in", "between", "not", "having", "limit", "order"))
        {
            return $"{shown} means nothing here: labels are compared in braces, as in up{{job=~\"a|b\"}}, and values with operators such as ==, > and unless.";
        }

        if (next.IsWord("bool") || next.IsWord("on") || next.IsWord("ignoring") || next.IsWord("group_left") || next.IsWord("group_right"))
        {
            return Reserved(next);
        }

        if (name is not null && (Aggregations.TryParse(name) is not null || PromQLFunctions.Find(name) is not null))
        {
            return $"What {name} is taken of stands in parentheses: {name}({shown}).";
        }

        return name is not null && Is(name, "not") ? "There is no not: write a unless b, or compare the value with == 0."
            : $"An operator is expected before {shown}.";
    }

    private static Expression Leftmost(Expression expression)
    {
        while (expression is BinaryExpression binary)
        {
            expression = binary.Left;
        }

        return expression;
    }

    private static bool Is(string word, params ReadOnlySpan<string> words)
    {
        foreach (string candidate in words)
        {
            if (word.Equals(candidate, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
