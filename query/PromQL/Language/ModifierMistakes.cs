namespace Observe.Query.PromQL.Language;

/// <summary>What is said about offset and <c>@</c> where they may not stand.</summary>
internal static class ModifierMistakes
{
    /// <param name="modifier">As it is written.</param>
    /// <param name="operand">What it stands after.</param>
    /// <param name="modify">Gives it to the selector that it belongs to.</param>
    public static string Misplaced(string modifier, Expression operand, Func<VectorSelector, VectorSelector> modify) =>
        $"{modifier} stands directly after a selector or a subquery, as in {SyntaxMistakes.Example(Modify(operand, modify) ?? modify(Up))}.";

    private static VectorSelector Up { get; } = new("up", [], null, null, default);

    /// <summary>The same with the first selector in it changed; null if there is none.</summary>
    private static Expression? Modify(Expression expression, Func<VectorSelector, VectorSelector> modify) => expression switch
    {
        VectorSelector selector => modify(selector),
        RangeSelector range => range with { Selector = modify(range.Selector) },
        ParenthesizedExpression parenthesized when Modify(parenthesized.Inner, modify) is { } inner => parenthesized with { Inner = inner },
        AggregateExpression aggregate when Modify(aggregate.Operand, modify) is { } operand => aggregate with { Operand = operand },
        CallExpression { Arguments: [.., var last] } call when Modify(last, modify) is { } changed => call with { Arguments = [.. call.Arguments.SkipLast(1), changed] },
        CallExpression { Arguments: [var first, ..] } call when Modify(first, modify) is { } changed => call with { Arguments = [changed, .. call.Arguments.Skip(1)] },
        _ => null,
    };
}
