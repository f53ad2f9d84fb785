namespace Observe.Query.Language;

/// <summary>What may be written after a <c>|</c>, and what to say about it.</summary>
internal static class QueryStages
{
    private static readonly string[] Names =
        ["where", "stats", "sort", "limit", "fields", "dedup", "top", "let", "parse", "patterns", "join", "traces"];

    public static QuerySyntaxException NotAvailable(Token pipe, Token next)
    {
        if (next.Kind == TokenKind.Pipe)
        {
            return new QuerySyntaxException("|| means nothing here; write or.", new TextSpan(pipe.Span.Start, next.Span.End - pipe.Span.Start));
        }

        if (next.Kind != TokenKind.Word)
        {
            return new QuerySyntaxException(
                "The name of a stage is expected after |, but stages are not available in this version: remove the |.", pipe.Span);
        }

        if (Names.Contains(next.Text, StringComparer.OrdinalIgnoreCase))
        {
            return new QuerySyntaxException(
                $"The stage {next.Text} is not available in this version: only the filter before the first | is. Remove what follows it.", next.Span);
        }

        IReadOnlyList<string> nearest = NearestName.Find(next.Text, Names, 1);
        return new QuerySyntaxException(
            $"There is no stage {next.Text}." + (nearest.Count == 0 ? "" : $" The nearest is {nearest[0]}.")
            + " Stages are not available in this version: remove what follows the |.",
            next.Span);
    }
}
