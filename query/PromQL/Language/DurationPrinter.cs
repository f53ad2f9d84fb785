using System.Text;

namespace Observe.Query.PromQL.Language;

/// <summary>Writes durations.</summary>
internal static class DurationPrinter
{
    public static void Write(StringBuilder text, DurationNode node)
    {
        switch (node)
        {
            case DurationLiteral literal:
                text.Append(literal.HasUnit ? DurationText.Print(literal.Seconds) : NumberText.Print(literal.Seconds));
                break;
            case StepDuration:
                text.Append("step()");
                break;
            case QueryRangeDuration:
                text.Append("range()");
                break;
            case NegatedDuration negated:
                text.Append('-');
                Write(text, negated.Operand);
                break;
            case ParenthesizedDuration parenthesized:
                text.Append('(');
                Write(text, parenthesized.Inner);
                text.Append(')');
                break;
            case BinaryDuration { Operator: DurationOperator.MinOf or DurationOperator.MaxOf } call:
                text.Append(call.Operator == DurationOperator.MinOf ? "min_of(" : "max_of(");
                Write(text, call.Left);
                text.Append(", ");
                Write(text, call.Right);
                text.Append(')');
                break;
            case BinaryDuration binary:
                Write(text, binary.Left);
                text.Append(' ').Append(Symbol(binary.Operator)).Append(' ');
                Write(text, binary.Right);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(node), node, "Not a node of a duration.");
        }
    }

    private static char Symbol(DurationOperator binary) => binary switch
    {
        DurationOperator.Add => '+',
        DurationOperator.Subtract => '-',
        DurationOperator.Multiply => '*',
        DurationOperator.Divide => '/',
        DurationOperator.Modulo => '%',
        DurationOperator.Power => '^',
        _ => throw new ArgumentOutOfRangeException(nameof(binary), binary, "Not written between its operands."),
    };
}
