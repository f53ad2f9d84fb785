namespace Observe.Query.PromQL.Language;

/// <summary>Reads <c>[ bool ] [ ( on | ignoring ) ( a, b ) [ ( group_left | group_right ) [ ( c ) ] ] ]</c>.</summary>
internal sealed class MatchingParser(TokenReader tokens, LabelListParser labels)
{
    private static readonly string[] Fills = ["fill", "fill_left", "fill_right"];

    public BinaryModifiers Parse()
    {
        Token? returnsBool = null;
        if (tokens.Peek().IsWord("bool"))
        {
            returnsBool = tokens.Take();
        }

        Token next = tokens.Peek();
        if (IsGroup(next))
        {
            throw tokens.Error(next.Span, $"{next.Text} needs to know which labels are compared: write on (…) or ignoring (…) before it.");
        }

        if (!next.IsWord("on") && !next.IsWord("ignoring"))
        {
            RejectFill();
            return new BinaryModifiers(returnsBool, null, null);
        }

        tokens.Take();
        IReadOnlyList<string> compared = labels.Parse(next);
        Token group = tokens.Peek();
        if (!IsGroup(group))
        {
            RejectFill();
            return new BinaryModifiers(returnsBool, new VectorMatching(MatchCardinality.OneToOne, next.IsWord("on"), compared, []), null);
        }

        tokens.Take();
        IReadOnlyList<string> included = tokens.Peek().Kind == TokenKind.LeftParen ? labels.Parse(group) : [];
        if (included.Count > 0 && tokens.Peek().Kind is TokenKind.End or TokenKind.RightParen)
        {
            throw tokens.Error(
                tokens.Peek().Span,
                $"The right side is missing: the parentheses after {group.Text} hold its labels. Write {group.Text} () before a right side in parentheses.");
        }

        RejectFill();
        MatchCardinality cardinality = group.IsWord("group_left") ? MatchCardinality.ManyToOne : MatchCardinality.OneToMany;
        return new BinaryModifiers(returnsBool, new VectorMatching(cardinality, next.IsWord("on"), compared, included), group);
    }

    private static bool IsGroup(Token token) => token.IsWord("group_left") || token.IsWord("group_right");

    /// <summary>Prometheus has <c>fill (…)</c> behind a feature flag; without its parentheses it is a metric's name.</summary>
    private void RejectFill()
    {
        Token next = tokens.Peek();
        if (Fills.Any(next.IsWord) && tokens.After(next).Kind == TokenKind.LeftParen)
        {
            throw tokens.Error(next.Span, $"{next.Text} is experimental in Prometheus and not supported: write (a or on (…) b * 0) to fill in what is missing.");
        }
    }
}
