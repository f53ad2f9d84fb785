namespace Observe.Query.Language;

/// <summary>Writes an expression as text that parses to the same expression, with no more parentheses than it needs.</summary>
public static class ExpressionPrinter
{
    public static string Print(ExpressionNode node) => node switch
    {
        FieldExpression field => QuerySyntax.ExpressionField(field.Field),
        LiteralExpression literal => QuerySyntax.Value(literal.Value),
        UnaryExpression { Operator: UnaryOperator.Not } not => "not " + Operand(not.Operand, ExpressionOperators.NotPrecedence),
        UnaryExpression negate => "-" + Operand(negate.Operand, ExpressionOperators.NegatePrecedence),
        BinaryExpression binary => Binary(binary),
        CallExpression call => $"{call.Function.Name()}({string.Join(", ", call.Arguments.Select(Print))})",
        _ => throw new ArgumentOutOfRangeException(nameof(node), node, "Not a node of an expression."),
    };

    private static string Binary(BinaryExpression binary)
    {
        int precedence = binary.Operator.Precedence();

        // Comparisons are not chained, so neither side may be one.
        int left = precedence == ExpressionOperators.ComparisonPrecedence ? precedence + 1 : precedence;
        return $"{Operand(binary.Left, left)} {binary.Operator.Symbol()} {Operand(binary.Right, precedence + 1)}";
    }

    private static string Operand(ExpressionNode node, int least) => Precedence(node) < least ? $"({Print(node)})" : Print(node);

    private static int Precedence(ExpressionNode node) => node switch
    {
        BinaryExpression binary => binary.Operator.Precedence(),
        UnaryExpression { Operator: UnaryOperator.Not } => ExpressionOperators.NotPrecedence,
        UnaryExpression => ExpressionOperators.NegatePrecedence,
        _ => int.MaxValue,
    };
}
