using Observe.Query.Search;

namespace Observe.Query.Language;

/// <summary>Reads one filter: a word, a phrase, or a field with what is asked of it.</summary>
/// <remarks>
/// <code>
/// filter = word [ "*" ] | quoted | "*"
///        | field operator value
///        | field [ "not" ] "in" "(" value { "," value } ")"
///        | field ":" ( "*" | word [ "*" ] | quoted )
///        | "id" ":" ( word | quoted )
/// field  = word | backticked | prefix backticked
/// </code>
/// </remarks>
internal sealed class FilterParser(TokenReader tokens)
{
    /// <summary>Characters that the lists of <c>in (…)</c> have taken, all together.</summary>
    public int ListLength { get; private set; }

    /// <summary>Whose fields are asked, to tell their names from words.</summary>
    public SearchSignal Signal { get; set; }

    public FilterNode Parse()
    {
        Token first = tokens.Take();
        switch (first.Kind)
        {
            case TokenKind.Quoted:
                RejectOperator($"A field's name stands in backticks, not in quotes: `{first.Text}`.");
                return Text(first);
            case TokenKind.Word when first.IsWord("and") || first.IsWord("or") || first.IsWord("not"):
                throw new QuerySyntaxException(
                    $"A filter is expected here, not {first.Text}; to search for the word, write \"{first.Text}\".", first.Span);
            case TokenKind.Word or TokenKind.Backticked:
                return FieldOrText(first);
            case TokenKind.End:
                throw new QuerySyntaxException("A filter is expected at the end: a word, or a field such as severity>=error.", first.Span);
            case TokenKind.Comma:
                throw Comma(first);
            case TokenKind.Operator or TokenKind.Colon:
                throw new QuerySyntaxException($"A field's name is expected before {first.Text}.", first.Span);
            default:
                throw new QuerySyntaxException($"A filter is expected here, not {first.Text}.", first.Span);
        }
    }

    private FilterNode FieldOrText(Token first)
    {
        (FieldName field, bool isPlain) = Field(first);
        Token next = tokens.Peek();
        if (next.Kind == TokenKind.Operator)
        {
            RejectWildcard(field, isPlain);
            return Comparison(field, tokens.Take());
        }

        if (next.Kind == TokenKind.Colon && tokens.NextIsAdjacent)
        {
            return Contains(field, isPlain, tokens.Take());
        }

        if (List(field, isPlain) is { } list)
        {
            return list;
        }

        if (isPlain)
        {
            RejectAggregate(first, isName: false);
            RejectSentence(first);
        }

        return isPlain
            ? Text(first)
            : throw new QuerySyntaxException("An operator is expected after a field's name, such as = or >; :* asks whether it is there.", field.Span);
    }

    /// <summary>A field's name where nothing else can stand.</summary>
    public FieldName Name(LexerMode mode = LexerMode.Term)
    {
        Token first = tokens.Take(mode);
        if (first.Kind is not (TokenKind.Word or TokenKind.Backticked))
        {
            throw new QuerySyntaxException(
                first.Kind == TokenKind.Quoted
                    ? $"A field's name stands in backticks, not in quotes: `{first.Text}`."
                    : $"A field's name is expected here{(first.Kind == TokenKind.End ? "" : $", not {first.Text}")}.",
                first.Span);
        }

        (FieldName field, bool isPlain) = Field(first);
        if (isPlain)
        {
            RejectAggregate(first, isName: true);
        }

        RejectWildcard(field, isPlain);
        return field;
    }

    /// <summary>The name, and whether it is one word, which without an operator is text to search for.</summary>
    private (FieldName Field, bool IsPlain) Field(Token first)
    {
        if (first.Kind == TokenKind.Backticked)
        {
            return (new FieldName(FieldPlace.Any, NotEmpty(first), first.Span), false);
        }

        if (!tokens.NextIsAdjacent || tokens.Peek() is not { Kind: TokenKind.Backticked } rest)
        {
            return (FieldName.FromWord(first.Text, first.Span), true);
        }

        foreach ((string prefix, FieldPlace place) in FieldName.Prefixes)
        {
            if (first.Text == prefix)
            {
                tokens.Take();
                return (new FieldName(place, NotEmpty(rest), TextSpan.FromBounds(first.Span.Start, rest.Span.End)), false);
            }
        }

        throw new QuerySyntaxException(
            "Backticks hold a whole name; before them only attr., resource., scope. or body. may stand.", first.Span);
    }

    private ComparisonNode Comparison(FieldName field, Token symbol)
    {
        ComparisonOperator comparison = ComparisonOperators.Parse(symbol.Text);
        RejectUnknownOperator(symbol);
        QueryValue value = Value($"after {symbol.Text}");
        if (value.HasWildcard && comparison is not (ComparisonOperator.Equal or ComparisonOperator.NotEqual
            or ComparisonOperator.Matches or ComparisonOperator.NotMatches))
        {
            throw new QuerySyntaxException($"A * has no meaning after {symbol.Text}; quote the value if it holds one.", value.Span);
        }

        return new ComparisonNode(field, comparison, value, TextSpan.FromBounds(field.Span.Start, value.Span.End));
    }

    private QueryValue Value(string where)
    {
        Token token = tokens.Take(LexerMode.Value);
        switch (token.Kind)
        {
            case TokenKind.Quoted:
                RejectAdjacent(token);
                return new QueryValue(token.Text, IsQuoted: true, token.Span);
            case TokenKind.Word:
                RejectAdjacent(token);
                return new QueryValue(token.Text, IsQuoted: false, token.Span);
            case TokenKind.Operator when where.EndsWith('=') && token.Text == "=":
                throw new QuerySyntaxException("One = compares: write = in place of ==.", token.Span);
            case TokenKind.End:
                throw new QuerySyntaxException($"A value is expected {where}; \"\" is the empty text.", token.Span);
            case TokenKind.LeftParen:
                throw new QuerySyntaxException("One value is expected here; for several, write field in (a, b).", token.Span);
            default:
                throw new QuerySyntaxException($"A value is expected {where}, not {token.Text}; quote a value that begins so.", token.Span);
        }
    }

    private FilterNode? List(FieldName field, bool isPlain)
    {
        int start = tokens.Position;
        bool negated = tokens.Peek().IsWord("not");
        if (negated)
        {
            tokens.Take();
        }

        if (!tokens.Take().IsWord("in") || tokens.Peek().Kind != TokenKind.LeftParen)
        {
            tokens.Position = start;
            return null;
        }

        RejectWildcard(field, isPlain);
        Token open = tokens.Take();
        var values = new List<QueryValue>();
        while (true)
        {
            values.Add(Value("in the list"));
            if (values.Count > LanguageLimits.MaxListValues)
            {
                throw new QuerySyntaxException($"A list has at most {LanguageLimits.MaxListValues} values.", values[^1].Span);
            }

            Token next = tokens.Take();
            if (next.Kind == TokenKind.RightParen)
            {
                ListLength += next.Span.End - open.Span.End;
                var list = new InNode(field, values, TextSpan.FromBounds(field.Span.Start, next.Span.End));
                return negated ? new NotNode(list, list.Span) : list;
            }

            if (next.Kind != TokenKind.Comma)
            {
                throw next.Kind == TokenKind.End
                    ? new QuerySyntaxException("This list is not closed: a ) is missing.", open.Span)
                    : new QuerySyntaxException("A , or ) is expected after a value of the list; quote values that hold spaces.", next.Span);
            }
        }
    }

    private FilterNode Contains(FieldName field, bool isPlain, Token colon)
    {
        RejectWildcard(field, isPlain);
        Token token = tokens.NextIsAdjacent ? tokens.Take(LexerMode.Value) : tokens.Peek(LexerMode.Value);
        if (token.Kind is not (TokenKind.Word or TokenKind.Quoted) || token.Span.Start != colon.Span.End)
        {
            throw new QuerySyntaxException(
                $"A text is expected directly after {field.Name}:, or * for any value; quote \"{field.Name}:\" to search for it as text.", colon.Span);
        }

        RejectAdjacent(token);
        TextSpan span = TextSpan.FromBounds(field.Span.Start, token.Span.End);
        if (token is { Kind: TokenKind.Word, Text: "*" })
        {
            return new ExistsNode(field, span);
        }

        if (isPlain && field is { Place: FieldPlace.Any, Name: "id" })
        {
            return token.Kind == TokenKind.Word && token.Text.Contains('*', StringComparison.Ordinal)
                ? throw new QuerySyntaxException("An id is looked up whole, without *.", token.Span)
                : new IdNode(NotEmpty(token), span);
        }

        (string text, bool isPrefix) = Pattern(token);
        return new ContainsNode(field, text, isPrefix, span);
    }

    private static FilterNode Text(Token token)
    {
        if (token is { Kind: TokenKind.Word, Text: "*" })
        {
            return new AllNode(token.Span);
        }

        (string text, bool isPrefix) = Pattern(token);
        return new TextNode(text, isPrefix, token.Span);
    }

    private static (string Text, bool IsPrefix) Pattern(Token token)
    {
        if (token.Kind == TokenKind.Quoted)
        {
            return (NotEmpty(token), false);
        }

        bool isPrefix = token.Text.EndsWith('*');
        string text = isPrefix ? token.Text[..^1] : token.Text;
        if (text.Contains('*', StringComparison.Ordinal))
        {
            throw new QuerySyntaxException(
                "In a word * may stand only at its end; elsewhere compare a field, such as body=*text*, or quote the text.", token.Span);
        }

        return text.Any(char.IsLetterOrDigit)
            ? (text, isPrefix)
            : throw new QuerySyntaxException(
                text switch
                {
                    "&&" or "&" => "Write and, or nothing but a space, between two filters that must both hold.",
                    _ => $"{token.Text} holds no letter and no digit; quote it to search for these characters.",
                },
                token.Span);
    }

    private void RejectOperator(string message)
    {
        if (tokens.Peek() is { Kind: TokenKind.Operator } symbol)
        {
            throw new QuerySyntaxException(message, symbol.Span);
        }
    }

    private void RejectUnknownOperator(Token symbol)
    {
        if (tokens.NextIsAdjacent && tokens.Peek(LexerMode.Value) is { Kind: TokenKind.Operator } next
            && FilterMistakes.Operator(symbol.Text + next.Text) is { } meant and not "=")
        {
            throw new QuerySyntaxException(
                $"There is no operator {symbol.Text}{next.Text}: write {meant}{(next.Text == "~" ? ", or quote a value that begins with ~" : "")}.",
                TextSpan.FromBounds(symbol.Span.Start, next.Span.End));
        }
    }

    /// <summary>
    /// <c>count()</c> where a field stands is meant for the column of that name. Where a word may stand, count(a or b) is a word and a filter, as long as nothing is asked of it.
    /// </summary>
    internal void RejectAggregate(Token first, bool isName)
    {
        if (!tokens.NextIsAdjacent || tokens.Peek().Kind != TokenKind.LeftParen || AggregateFunctions.TryParse(first.Text) is null)
        {
            return;
        }

        int start = tokens.Position;
        int depth = 0;
        Token token;
        do
        {
            token = tokens.Take();
            depth += token.Kind switch { TokenKind.LeftParen => 1, TokenKind.RightParen => -1, _ => 0 };
        }
        while (depth > 0 && token.Kind != TokenKind.End);
        if (depth == 0 && (isName || token.Span.End == start + 2 || tokens.Peek().Kind is TokenKind.Operator or TokenKind.Colon))
        {
            throw FilterMistakes.AggregateColumn(
                tokens.Source(first.Span.Start, token.Span.End), TextSpan.FromBounds(first.Span.Start, token.Span.End));
        }

        tokens.Position = start;
    }

    /// <summary>service is checkout would be three words to search for, which nobody means who begins with the name of a column.</summary>
    private void RejectSentence(Token first)
    {
        if (!ColumnNames.Of(Signal).Contains(first.Text))
        {
            return;
        }

        int start = tokens.Position;
        Token verb = tokens.Take();
        if (verb.IsWord("in") || verb.IsWord("is") || verb.IsWord("like"))
        {
            Token value = tokens.Take();
            bool isNegated = value.IsWord("not");
            value = isNegated ? tokens.Take() : value;
            bool isValue = value.Kind == TokenKind.Quoted
                || (value.Kind == TokenKind.Word && !value.IsWord("and") && !value.IsWord("or") && !value.IsWord("not"));
            if (isValue && tokens.Peek().Kind is not (TokenKind.Operator or TokenKind.Colon))
            {
                throw new QuerySyntaxException(
                    $"These are words to search for: write {FilterMistakes.Sentence(first.Text, verb.Text, isNegated, value.Text)}, or quote \"{first.Text}\" to search for it as a word.",
                    TextSpan.FromBounds(first.Span.Start, value.Span.End));
            }
        }

        tokens.Position = start;
    }

    private void RejectAdjacent(Token value)
    {
        if (tokens.NextIsAdjacent && tokens.Peek(LexerMode.Value) is { Kind: not (TokenKind.RightParen or TokenKind.Comma or TokenKind.Pipe) } next)
        {
            throw new QuerySyntaxException(
                $"A space is expected after {(value.Kind == TokenKind.Quoted ? "the quoted value" : "the value")}; quote the whole value if {next.Text} belongs to it.",
                TextSpan.FromBounds(next.Span.Start, next.Span.Start + 1));
        }
    }

    private static void RejectWildcard(FieldName field, bool isPlain)
    {
        if (isPlain && field.Name.Contains('*', StringComparison.Ordinal))
        {
            throw new QuerySyntaxException("A field's name has no wildcards; a name that holds a * stands in backticks.", field.Span);
        }
    }

    private static string NotEmpty(Token token) => token.Text.Length > 0
        ? token.Text
        : throw new QuerySyntaxException(token.Kind == TokenKind.Backticked ? "A field's name is empty." : "The text to search for is empty.", token.Span);

    internal static QuerySyntaxException Comma(Token comma) => new(
        "A comma separates the values of in (…); elsewhere a space means and. Quote text that holds a comma.", comma.Span);
}
