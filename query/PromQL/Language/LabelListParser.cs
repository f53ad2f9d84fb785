using Observe.Query.Language;

namespace Observe.Query.PromQL.Language;

/// <summary>Reads the labels of <c>by</c>, <c>without</c>, <c>on</c>, <c>ignoring</c> and the groups: <c>(job, "http.route")</c>.</summary>
internal sealed class LabelListParser(TokenReader tokens)
{
    /// <summary>The labels, each once.</summary>
    /// <param name="keyword">What they belong to.</param>
    public IReadOnlyList<string> Parse(Token keyword)
    {
        Token open = tokens.Peek();
        if (open.Kind != TokenKind.LeftParen)
        {
            string example = open.Kind == TokenKind.Word ? Excerpt.Of(open.Text) : "job";
            throw tokens.Error(open.Span, $"The labels of {keyword.Text} stand in parentheses: {keyword.Text} ({example}).");
        }

        tokens.Take();
        var labels = new List<string>();
        var known = new HashSet<string>(StringComparer.Ordinal);
        while (tokens.Peek().Kind != TokenKind.RightParen)
        {
            string label = Label(keyword);
            if (known.Add(label))
            {
                labels.Add(label);
            }

            Token next = tokens.Peek();
            if (next.Kind == TokenKind.RightParen)
            {
                break;
            }

            if (next.Kind != TokenKind.Comma)
            {
                throw next.Kind == TokenKind.End ? tokens.Error(open.Span, "This ( is not closed: a ) is missing.")
                    : tokens.Error(next.Span, next.Kind is TokenKind.Word or TokenKind.String
                        ? $"A comma is expected before {Excerpt.Of(tokens.Source(next.Span))}."
                        : $"{keyword.Text} takes names of labels, with commas between them; {Excerpt.Of(tokens.Source(next.Span))} means nothing here.");
            }

            tokens.Take();
        }

        tokens.Take();
        return labels;
    }

    private string Label(Token keyword)
    {
        Token label = tokens.Take();
        switch (label.Kind)
        {
            case TokenKind.Word when Keywords.IsUnlistable(label.Text):
            case TokenKind.Number when Keywords.IsUnlistable(label.Text):
                throw tokens.Error(label.Span, $"{label.Text} is a keyword: write \"{label.Text}\" for the label of that name.");
            case TokenKind.Word:
                return label.Text;
            case TokenKind.String when label.Text.Length == 0:
                throw tokens.Error(label.Span, "A label's name is empty.");
            case TokenKind.String:
                return label.Text;
            case TokenKind.End:
                throw tokens.Error(label.Span, $"The labels of {keyword.Text} are expected here, and a ).");
            default:
                throw tokens.Error(label.Span, $"A label's name is expected here, not {Excerpt.Of(tokens.Source(label.Span))}.");
        }
    }
}
