namespace Observe.Query.Language;

/// <summary>Writes a tree as text that parses to the same tree.</summary>
public static class QueryPrinter
{
    public static string Print(ParsedQuery query)
    {
        string filter = query.Filter is null ? "" : Print(query.Filter);
        string search = SignalWords.Begin(query.Signal, filter);
        return string.Join(" | ", query.Stages.Select(StagePrinter.Print).Prepend(search.Length == 0 && query.Stages.Count > 0 ? "logs" : search));
    }

    public static string Print(FilterNode node) => node switch
    {
        AndNode and => string.Join(' ', and.Operands.Select(operand => Enclosed(operand, operand is AndNode or OrNode))),
        OrNode or => string.Join(" or ", or.Operands.Select(operand => Enclosed(operand, operand is OrNode))),
        NotNode not => "not " + Enclosed(not.Operand, not.Operand is AndNode or OrNode),
        AllNode => "*",
        TextNode text => QuerySyntax.SearchText(text.Text, text.IsPrefix),
        ComparisonNode comparison => QuerySyntax.Field(comparison.Field) + comparison.Operator.Symbol() + QuerySyntax.Value(comparison.Value),
        InNode list => $"{QuerySyntax.Field(list.Field)} in ({string.Join(", ", list.Values.Select(QuerySyntax.Value))})",
        ExistsNode exists => QuerySyntax.Field(exists.Field) + ":*",
        ContainsNode contains => QuerySyntax.Field(contains.Field) + ":" + QuerySyntax.SearchText(contains.Text, contains.IsPrefix),
        IdNode id => "id:" + QuerySyntax.LiteralValue(id.Value),
        BelowNode below => $"{Above(below.Ancestor)} {Symbol(below)} {Print(below.Descendant)}",
        _ => throw new ArgumentOutOfRangeException(nameof(node), node, "Not a node of a filter."),
    };

    /// <summary>What stands before > or >>: no parentheses are around a chain of them, but around each part that ends in a word.</summary>
    private static string Above(FilterNode node) => node is BelowNode below
        ? $"{Above(below.Ancestor)} {Symbol(below)} {Above(below.Descendant)}"
        : Enclosed(node, EndsInWord(node));

    private static string Symbol(BelowNode below) => below.IsDirect ? ">" : ">>";

    /// <summary>A word before > would be read as a field's name.</summary>
    private static bool EndsInWord(FilterNode node) => node switch
    {
        AndNode and => EndsInWord(and.Operands[^1]),
        OrNode or => EndsInWord(or.Operands[^1]),
        NotNode not => EndsInWord(not.Operand),
        TextNode or AllNode => true,
        _ => false,
    };

    private static string Enclosed(FilterNode node, bool parentheses) => parentheses ? $"({Print(node)})" : Print(node);
}
