using System.Globalization;
using System.Text;

namespace Observe.Query.PromQL.Language;

/// <summary>Writes a query as text that parses to the same tree: one form for each meaning, with the parentheses that it was written with.</summary>
/// <remarks>The form is Prometheus's: <c>sum by (job) (rate(http_requests_total{code="500"}[5m] offset 1h))</c>.</remarks>
public static class PromQLPrinter
{
    public static string Print(Expression expression)
    {
        var text = new StringBuilder();
        Write(text, expression);
        return text.ToString();
    }

    /// <param name="text">What is written to.</param>
    /// <param name="expression">What is written.</param>
    /// <param name="goesOn">Whether + - * / % or ^ follows, which would be read as a part of an offset in parentheses.</param>
    private static void Write(StringBuilder text, Expression expression, bool goesOn = false)
    {
        switch (expression)
        {
            case NumberLiteral number:
                text.Append(number.IsDuration ? DurationText.Print(number.Value) : NumberText.Print(number.Value));
                break;
            case StringLiteral literal:
                StringText.WriteQuoted(text, literal.Value);
                break;
            case ParenthesizedExpression parenthesized:
                text.Append('(');
                Write(text, parenthesized.Inner);
                text.Append(')');
                break;
            case UnaryExpression unary:
                text.Append(unary.IsNegation ? '-' : '+');
                Write(text, unary.Operand, goesOn);
                break;
            case BinaryExpression binary:
                WriteBinary(text, binary, goesOn);
                break;
            case VectorSelector selector:
                SelectorPrinter.Write(text, selector);
                WriteTime(text, selector.At, selector.Offset, goesOn);
                break;
            case RangeSelector range:
                SelectorPrinter.Write(text, range.Selector);
                text.Append('[');
                DurationPrinter.Write(text, range.Range);
                text.Append(']');
                WriteTime(text, range.Selector.At, range.Selector.Offset);
                break;
            case Subquery subquery:
                WriteSubquery(text, subquery);
                break;
            case CallExpression call:
                text.Append(call.Function.Name).Append('(');
                WriteList(text, call.Arguments);
                text.Append(')');
                break;
            case AggregateExpression aggregate:
                WriteAggregate(text, aggregate);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(expression), expression, "Not a node of a query.");
        }
    }

    private static void WriteBinary(StringBuilder text, BinaryExpression binary, bool goesOn)
    {
        Write(text, binary.Left, binary.Operator <= BinaryOperator.Power);
        text.Append(' ').Append(binary.Operator.Symbol()).Append(binary.ReturnsBool ? " bool" : "");
        if (binary.Matching is { } matching)
        {
            bool isGrouped = matching.Cardinality is MatchCardinality.ManyToOne or MatchCardinality.OneToMany;
            if (matching.IsOn || matching.Labels.Count > 0 || isGrouped)
            {
                text.Append(matching.IsOn ? " on " : " ignoring ");
                WriteLabels(text, matching.Labels);
            }

            if (isGrouped)
            {
                text.Append(matching.Cardinality == MatchCardinality.ManyToOne ? " group_left " : " group_right ");
                WriteLabels(text, matching.Include);
            }
        }

        text.Append(' ');
        Write(text, binary.Right, goesOn);
    }

    private static void WriteSubquery(StringBuilder text, Subquery subquery)
    {
        Write(text, subquery.Operand);
        text.Append('[');
        DurationPrinter.Write(text, subquery.Range);
        text.Append(':');
        if (subquery.Step is not null)
        {
            DurationPrinter.Write(text, subquery.Step);
        }

        text.Append(']');
        WriteTime(text, subquery.At, subquery.Offset);
    }

    private static void WriteAggregate(StringBuilder text, AggregateExpression aggregate)
    {
        text.Append(aggregate.Operator.Name());
        if (aggregate.Grouping.IsWithout || aggregate.Grouping.Labels.Count > 0)
        {
            text.Append(aggregate.Grouping.IsWithout ? " without " : " by ");
            WriteLabels(text, aggregate.Grouping.Labels);
            text.Append(' ');
        }

        text.Append('(');
        if (aggregate.Parameter is not null)
        {
            Write(text, aggregate.Parameter);
            text.Append(", ");
        }

        Write(text, aggregate.Operand);
        text.Append(')');
    }

    private static void WriteTime(StringBuilder text, AtModifier? at, DurationNode? offset, bool goesOn = false)
    {
        switch (at?.Anchor)
        {
            case AtAnchor.Time:
                text.Append(CultureInfo.InvariantCulture, $" @ {at.UnixMilliseconds / 1000m:0.000}");
                break;
            case AtAnchor.Start:
                text.Append(" @ start()");
                break;
            case AtAnchor.End:
                text.Append(" @ end()");
                break;
        }

        if (offset is not null)
        {
            text.Append(goesOn && offset is ParenthesizedDuration ? " offset +" : " offset ");
            DurationPrinter.Write(text, offset);
        }
    }

    private static void WriteList(StringBuilder text, IReadOnlyList<Expression> items)
    {
        for (int i = 0; i < items.Count; i++)
        {
            text.Append(i == 0 ? "" : ", ");
            Write(text, items[i]);
        }
    }

    private static void WriteLabels(StringBuilder text, IReadOnlyList<string> labels)
    {
        text.Append('(');
        for (int i = 0; i < labels.Count; i++)
        {
            text.Append(i == 0 ? "" : ", ");
            if (Keywords.IsBareGroupLabel(labels[i]))
            {
                text.Append(labels[i]);
            }
            else
            {
                StringText.WriteQuoted(text, labels[i]);
            }
        }

        text.Append(')');
    }
}
