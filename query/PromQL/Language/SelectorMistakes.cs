using Observe.Query.Language;

namespace Observe.Query.PromQL.Language;

/// <summary>What is said about braces that hold something else than matchers.</summary>
internal static class SelectorMistakes
{
    private const string NotClosed = "This { is not closed: a } is missing.";

    /// <summary>What stands where a label is expected.</summary>
    public static string NoLabel(Token token, TokenReader tokens) => token.Kind switch
    {
        TokenKind.End => NotClosed,
        TokenKind.Comma => "A label is expected before this comma.",
        TokenKind.Operator => $"A label is expected before {token.Text}.",
        TokenKind.Number or TokenKind.Duration => $"A label's name that begins with a digit stands in quotes: \"{Excerpt.Of(token.Text)}\".",
        TokenKind.LeftBrace => "Braces do not stand within braces.",
        _ => $"A label is expected here, not {Excerpt.Of(tokens.Source(token.Span))}.",
    };

    /// <summary>What stands where a label is compared.</summary>
    public static string NoOperator(Token label, Token symbol, TokenReader tokens)
    {
        string name = Excerpt.Of(tokens.Source(label.Span));
        switch (symbol.Kind)
        {
            case TokenKind.End:
                return NotClosed;
            case TokenKind.Operator when symbol.Text == "==":
                return $"A label is compared with one =: {name}=\"…\".";
            case TokenKind.Operator:
                return $"Labels are compared with =, !=, =~ and !~, not with {symbol.Text}: their values are texts.";
            case TokenKind.Colon:
                return $"A label is compared with =, not with a colon: {name}=\"…\".";
            case TokenKind.Comma or TokenKind.RightBrace:
                return $"A value is expected after {name}, such as {name}=\"…\"; {name}!=\"\" asks whether the label is there, and {{\"{name}\"}} is the metric of that name.";
            case TokenKind.Word when symbol.IsWord("in"):
                return $"There is no in: write {name}=~\"a|b|c\".";
            case TokenKind.Word when symbol.IsWord("not"):
                return $"There is no not: write {name}!=\"…\", or {name}!~\"a|b|c\" for several values.";
            case TokenKind.Word when symbol.IsWord("like"):
                return $"There is no like: write {name}=~\".*text.*\".";
            default:
                return $"=, !=, =~ or !~ is expected after the label {name}, not {Excerpt.Of(tokens.Source(symbol.Span))}.";
        }
    }

    /// <summary>What stands where a label's value is expected.</summary>
    public static string NoValue(Token label, Token symbol, Token value, TokenReader tokens)
    {
        string name = Excerpt.Of(tokens.Source(label.Span));
        string written = Excerpt.Of(tokens.Source(value.Span));
        return value.Kind switch
        {
            TokenKind.Word or TokenKind.Number or TokenKind.Duration => $"Values of labels stand in quotes: {name}{symbol.Text}\"{written}\".",
            TokenKind.Operator when value.Text is "-" or "+" => $"Values of labels stand in quotes: {name}{symbol.Text}\"…\".",
            TokenKind.Operator => $"There is no operator {symbol.Text}{value.Text}: labels are compared with =, !=, =~ and !~.",
            TokenKind.LeftParen => $"One value is expected here; for several, write {name}=~\"a|b|c\".",
            TokenKind.End or TokenKind.Comma or TokenKind.RightBrace => $"A value in quotes is expected after {symbol.Text}; \"\" means that the label is not there.",
            _ => $"A value in quotes is expected here, not {written}.",
        };
    }

    /// <summary>What stands where a comma or the end of the braces is expected.</summary>
    public static string AfterMatcher(Token next, TokenReader tokens)
    {
        string written = Excerpt.Of(tokens.Source(next.Span));
        return next.Kind switch
        {
            TokenKind.End => NotClosed,
            TokenKind.Word when next.IsWord("and") => "Write a comma in place of and: all matchers must hold.",
            TokenKind.Word when next.IsWord("or") => "There is no or between matchers: write label=~\"a|b\" for one label, or x{…} or x{…} for two selectors.",
            TokenKind.Word or TokenKind.String => $"A comma is expected before {written}.",
            _ => $"A comma or a }} is expected here, not {written}.",
        };
    }
}
