using Observe.Query.Language;

namespace Observe.Query.PromQL.Language;

/// <summary>Builds binary expressions, and says what operators do not go together with.</summary>
internal sealed class BinaryRules(TokenReader tokens)
{
    public BinaryExpression Combine(BinaryOperator binary, Token symbol, BinaryModifiers modifiers, Expression left, Expression right)
    {
        CheckOperand(symbol, left);
        CheckOperand(symbol, right);
        bool bothScalars = left.Type == ExpressionType.Scalar && right.Type == ExpressionType.Scalar;
        bool bothVectors = left.Type == ExpressionType.InstantVector && right.Type == ExpressionType.InstantVector;
        if (modifiers.Bool is { } returnsBool && !binary.IsComparison())
        {
            throw tokens.Error(returnsBool.Span, $"bool stands after a comparison only, such as > bool; {symbol.Text} is none.");
        }

        if (binary.IsComparison() && bothScalars && modifiers.Bool is null)
        {
            throw tokens.Error(symbol.Span, $"Two numbers are compared with {symbol.Text} bool, which gives 1 or 0.");
        }

        if (binary.IsSet() && !bothVectors)
        {
            Expression number = left.Type == ExpressionType.Scalar ? left : right;
            throw tokens.Error(number.Span, $"{symbol.Text} stands between vectors; this is a number: vector(…) makes one of it.");
        }

        if (binary.IsTrim() && left.Type == ExpressionType.Scalar)
        {
            throw tokens.Error(left.Span, $"{symbol.Text} trims the histograms on its left; this is a number.");
        }

        return new BinaryExpression(
            binary, left, right, modifiers.Bool is not null, Matching(binary, symbol, modifiers, bothVectors), TextSpan.FromBounds(left.Span.Start, right.Span.End));
    }

    private VectorMatching? Matching(BinaryOperator binary, Token symbol, BinaryModifiers modifiers, bool bothVectors)
    {
        VectorMatching matching = modifiers.Matching ?? new VectorMatching(MatchCardinality.OneToOne, IsOn: false, [], []);
        if (matching.IsOn && matching.Labels.FirstOrDefault(matching.Include.Contains) is { } twice)
        {
            throw tokens.Error(modifiers.Group!.Value.Span, $"The label {twice} is compared by on, so both sides have it: leave it out of {modifiers.Group.Value.Text}.");
        }

        if (!bothVectors)
        {
            // As in Prometheus, an empty list says nothing and is let through.
            return matching.Labels.Count == 0 ? null
                : throw tokens.Error(
                    symbol.Span, $"{(matching.IsOn ? "on" : "ignoring")} says which series of two vectors belong together; one side of this {symbol.Text} is a number.");
        }

        if (!binary.IsSet())
        {
            return matching;
        }

        return modifiers.Group is { } group
            ? throw tokens.Error(group.Span, $"{symbol.Text} compares every series with every other: {group.Text} has no meaning here.")
            : matching with { Cardinality = MatchCardinality.ManyToMany };
    }

    private void CheckOperand(Token symbol, Expression operand)
    {
        if (operand.Type is ExpressionType.Scalar or ExpressionType.InstantVector)
        {
            return;
        }

        string hint = operand.Type == ExpressionType.RangeVector
            ? ": a function such as rate(…) or last_over_time(…) makes an instant vector of it"
            : ": labels are compared in braces, as in up{job=\"api\"}";
        throw tokens.Error(operand.Span, $"{symbol.Text} stands between numbers and instant vectors; this is {operand.Type.Phrase()}{hint}.");
    }
}
