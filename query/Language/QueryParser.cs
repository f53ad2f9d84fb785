using Observe.Query.Search;

namespace Observe.Query.Language;

/// <summary>Reads a query's text into a tree.</summary>
/// <remarks>
/// <code>
/// query   = [ "logs" | "spans" | "metrics" ] [ below ] stages    stages: see StageParser
/// below   = or { ( ">>" | ">" ) or }                             spans only
/// or      = and { "or" and }
/// and     = unary { [ "and" ] unary }
/// unary   = ( "not" | "-" | "!" ) unary | primary
/// primary = "(" or ")" | filter                                  filter: see FilterParser
/// </code>
/// </remarks>
public sealed class QueryParser
{
    private readonly TokenReader _tokens;
    private readonly FilterParser _filters;
    private readonly StageParser _stages;
    private int _depth;

    private QueryParser(string text)
    {
        _tokens = new TokenReader(text);
        _filters = new FilterParser(_tokens);
        _stages = new StageParser(_tokens, _filters, ParseOr);
    }

    /// <param name="text">The query.</param>
    /// <param name="signal">What it is about when it does not begin with a word that says it.</param>
    /// <exception cref="QuerySyntaxException">The text is not a query; the message says what was expected and what to write instead.</exception>
    public static ParsedQuery Parse(string text, SearchSignal signal = SearchSignal.Logs)
    {
        if (text.Length > LanguageLimits.MaxLengthWithLists)
        {
            throw TooLong(text, text.Length, LanguageLimits.MaxLengthWithLists);
        }

        var parser = new QueryParser(text);
        Token first = parser._tokens.Peek();
        SearchSignal? said = parser.ParseSignal();
        signal = said ?? signal;
        parser._filters.Signal = signal;
        FilterNode? filter = parser._tokens.Peek().Kind is TokenKind.End or TokenKind.Pipe ? null : parser.ParseBelow(signal);
        IReadOnlyList<StageNode> stages = parser._stages.Parse();
        parser.ExpectEnd();
        int length = text.Length - parser._filters.ListLength;
        return length <= LanguageLimits.MaxLength
            ? new ParsedQuery(signal, filter, stages) { SignalSpan = said is null ? default : first.Span }
            : throw TooLong(text, length, LanguageLimits.MaxLength);
    }

    private static QuerySyntaxException TooLong(string text, int length, int most) => new(
        $"The query has {length} characters; {most} are allowed{(most == LanguageLimits.MaxLength ? " besides the values of its lists" : "")}.",
        TextSpan.FromBounds(Math.Min(most, text.Length - 1), text.Length));

    /// <summary>What the query begins with; null if it does not say.</summary>
    private SearchSignal? ParseSignal()
    {
        SearchSignal? signal = SignalWords.Find(_tokens.Peek());
        if (signal is null)
        {
            return null;
        }

        // logs=5 and logs:x are filters on a field of that name.
        int start = _tokens.Position;
        _tokens.Take();
        if (_tokens.Peek().Kind is TokenKind.Operator or TokenKind.Colon)
        {
            _tokens.Position = start;
            return null;
        }

        return signal;
    }

    private FilterNode ParseBelow(SearchSignal signal)
    {
        FilterNode left = ParseOr();
        int levels = 0;
        while (IsBelow(_tokens.Peek()))
        {
            Token symbol = _tokens.Take();
            if (signal != SearchSignal.Spans)
            {
                throw new QuerySyntaxException($"{symbol.Text} stands between filters of spans: begin the query with spans.", symbol.Span);
            }

            if (++levels > LanguageLimits.MaxLevels)
            {
                throw new QuerySyntaxException($"A query has at most {LanguageLimits.MaxLevels} levels of spans.", symbol.Span);
            }

            FilterNode right = ParseOr();
            left = new BelowNode(left, right, symbol.Kind == TokenKind.Operator, TextSpan.FromBounds(left.Span.Start, right.Span.End));
        }

        return left;
    }

    private static bool IsBelow(Token token) => token.Kind == TokenKind.Descends || token is { Kind: TokenKind.Operator, Text: ">" };

    private FilterNode ParseOr()
    {
        var operands = new List<FilterNode> { ParseAnd() };
        while (_tokens.Peek().IsWord("or"))
        {
            _tokens.Take();
            operands.Add(ParseAnd());
        }

        return operands.Count == 1 ? operands[0] : new OrNode(operands, Cover(operands));
    }

    private FilterNode ParseAnd()
    {
        var operands = new List<FilterNode> { ParseUnary() };
        while (true)
        {
            Token next = _tokens.Peek();
            if (next.Kind is TokenKind.End or TokenKind.RightParen or TokenKind.Pipe || next.IsWord("or") || IsBelow(next))
            {
                break;
            }

            if (next.IsWord("and"))
            {
                _tokens.Take();
            }

            operands.Add(ParseUnary());
        }

        return operands.Count == 1 ? operands[0] : new AndNode(operands, Cover(operands));
    }

    private FilterNode ParseUnary()
    {
        Token first = _tokens.Peek();
        if (first.Kind != TokenKind.Negation && !first.IsWord("not"))
        {
            return ParsePrimary();
        }

        Enter(first);
        _tokens.Take();
        if (first.Kind == TokenKind.Negation && !_tokens.NextIsAdjacent)
        {
            throw new QuerySyntaxException(
                $"{first.Text} negates the filter directly after it, without a space; to search for the character itself, write \"{first.Text}\".",
                first.Span);
        }

        FilterNode operand = ParseUnary();
        _depth--;
        return new NotNode(operand, TextSpan.FromBounds(first.Span.Start, operand.Span.End));
    }

    private FilterNode ParsePrimary()
    {
        Token first = _tokens.Peek();
        if (first.Kind != TokenKind.LeftParen)
        {
            return _filters.Parse();
        }

        Enter(first);
        _tokens.Take();
        FilterNode inner = ParseOr();
        Token close = _tokens.Peek();
        if (close.Kind == TokenKind.Pipe)
        {
            throw new QuerySyntaxException("A ) is expected before |.", close.Span);
        }

        if (IsBelow(close))
        {
            throw new QuerySyntaxException($"{close.Text} stands between whole filters, outside of parentheses.", close.Span);
        }

        if (close.Kind != TokenKind.RightParen)
        {
            throw new QuerySyntaxException("This ( is not closed: a ) is missing.", first.Span);
        }

        _tokens.Take();
        _depth--;
        return inner with { Span = TextSpan.FromBounds(first.Span.Start, close.Span.End) };
    }

    private void ExpectEnd()
    {
        Token next = _tokens.Peek();
        if (next.Kind == TokenKind.RightParen)
        {
            throw new QuerySyntaxException("This ) closes nothing: remove it, or quote it to search for it.", next.Span);
        }
    }

    private void Enter(Token token)
    {
        if (++_depth > LanguageLimits.MaxDepth)
        {
            throw new QuerySyntaxException($"The query is nested deeper than {LanguageLimits.MaxDepth} levels.", token.Span);
        }
    }

    private static TextSpan Cover(List<FilterNode> nodes) => TextSpan.FromBounds(nodes[0].Span.Start, nodes[^1].Span.End);
}
