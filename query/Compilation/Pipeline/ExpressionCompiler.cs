using System.Globalization;
using Observe.Query.Compilation.Targets;
using Observe.Query.Language;

namespace Observe.Query.Compilation.Pipeline;

/// <summary>Turns an expression into SQL of one value, which is NULL where it cannot be computed.</summary>
/// <remarks>A duration is a number of nanoseconds, a size a number of bytes: <c>duration / 1s</c> is a number of seconds.</remarks>
internal sealed class ExpressionCompiler(PipelineContext context, PipelineScope scope)
{
    private readonly ParameterBag _parameters = context.Parameters;

    /// <exception cref="QuerySyntaxException">A part has a type that its place does not take.</exception>
    public ExpressionValue Compile(ExpressionNode node)
    {
        if (node is FieldExpression field)
        {
            FieldTarget target = context.Resolve(scope, field.Field);
            return new ExpressionValue(target.AsValue(_parameters), target.Kind, node.Span, target);
        }

        if (node is CallExpression { Function: ExpressionFunction.If or ExpressionFunction.Coalesce } choice)
        {
            return Choice(choice, [.. choice.Arguments.Select(Compile)]);
        }

        (string sql, ValueKind kind) = node switch
        {
            LiteralExpression literal => Literal(literal.Value),
            UnaryExpression unary => Unary(unary.Operator, Compile(unary.Operand)),
            BinaryExpression binary => Binary(binary.Operator, Compile(binary.Left), Compile(binary.Right), binary.Span),
            CallExpression call => Call(call, [.. call.Arguments.Select(Compile)]),
            _ => throw new ArgumentOutOfRangeException(nameof(node), node, "Not a node of an expression."),
        };
        return new ExpressionValue(sql, kind, node.Span)
        {
            IsInteger = node is LiteralExpression { Value: { IsQuoted: false } value } && ValueText.TryInteger(value.Text, out _),
        };
    }

    /// <summary>One of several values, in the kind that they have in common.</summary>
    private ExpressionValue Choice(CallExpression call, IReadOnlyList<ExpressionValue> arguments)
    {
        bool isIf = call.Function == ExpressionFunction.If;
        IReadOnlyList<ExpressionValue> values = isIf ? [.. arguments.Skip(1)] : arguments;
        var kind = ExpressionValue.Common(values);
        bool areIntegers = values.All(value => value.IsInteger);
        string all = string.Join(", ", values.Select(value => value.As(kind, areIntegers, _parameters)));
        return new ExpressionValue(isIf ? $"if({arguments[0].AsBool()}, {all})" : $"coalesce({all})", kind, call.Span) { IsInteger = areIntegers };
    }

    private (string Sql, ValueKind Kind) Literal(QueryValue value)
    {
        if (value.IsQuoted)
        {
            return (_parameters.Add(value.Text), ValueKind.Text);
        }

        if (ValueText.TryBool(value.Text, out bool flag))
        {
            return (flag ? "true" : "false", ValueKind.Bool);
        }

        return ValueText.TryDuration(value.Text, out double nanoseconds) ? (_parameters.Add(nanoseconds), ValueKind.Duration)
            : ValueText.TryInteger(value.Text, out long integer) ? (_parameters.Add(integer), ValueKind.Number)
            : ValueText.TryNumber(value.Text, out double number) || ValueText.TrySize(value.Text, out number) ? (_parameters.Add(number), ValueKind.Number)
            : throw new QuerySyntaxException($"{value.Text} is no number.", value.Span);
    }

    private (string Sql, ValueKind Kind) Unary(UnaryOperator operation, ExpressionValue operand) => operation == UnaryOperator.Not
        ? ($"(NOT ({operand.AsBool()}))", ValueKind.Bool)
        : ($"(-toFloat64({operand.AsNumber(_parameters)}))", operand.Kind == ValueKind.Duration ? ValueKind.Duration : ValueKind.Number);

    private (string Sql, ValueKind Kind) Binary(BinaryOperator operation, ExpressionValue left, ExpressionValue right, TextSpan span) => operation switch
    {
        BinaryOperator.And => ($"({left.AsBool()} AND {right.AsBool()})", ValueKind.Bool),
        BinaryOperator.Or => ($"({left.AsBool()} OR {right.AsBool()})", ValueKind.Bool),
        BinaryOperator.Add or BinaryOperator.Subtract or BinaryOperator.Multiply or BinaryOperator.Divide or BinaryOperator.Remainder =>
            Arithmetic(operation, left, right),
        _ => (Comparison(operation.Symbol(), left, right, span), ValueKind.Bool),
    };

    /// <summary>Computed in doubles, so that no sum overflows. What divides by zero has no value.</summary>
    private (string Sql, ValueKind Kind) Arithmetic(BinaryOperator operation, ExpressionValue left, ExpressionValue right)
    {
        bool isDuration = (left.Kind == ValueKind.Duration, right.Kind == ValueKind.Duration) switch
        {
            (true, true) => operation is BinaryOperator.Add or BinaryOperator.Subtract or BinaryOperator.Remainder,
            (true, false) => true,
            (false, true) => operation == BinaryOperator.Multiply,
            _ => false,
        };
        string a = $"toFloat64({left.AsNumber(_parameters)})";
        string b = $"toFloat64({right.AsNumber(_parameters)})";
        string divisor = operation is BinaryOperator.Divide or BinaryOperator.Remainder ? $"nullIf({b}, 0)" : b;
        return ($"({a} {operation.Symbol()} {divisor})", isDuration ? ValueKind.Duration : ValueKind.Number);
    }

    /// <summary>
    /// Numbers are compared as numbers where one side is one, else texts as texts; of attributes with values of several types that differs from row to row.
    /// What is not there equals nothing.
    /// </summary>
    private string Comparison(string symbol, ExpressionValue left, ExpressionValue right, TextSpan span)
    {
        if (left.Kind == ValueKind.Time || right.Kind == ValueKind.Time)
        {
            return left.Kind == right.Kind
                ? $"ifNull({left.Sql} {symbol} {right.Sql}, false)"
                : throw new QuerySyntaxException("A time is compared with a time.", span);
        }

        if (left.IsNumber || right.IsNumber)
        {
            return $"ifNull({left.AsNumber(_parameters)} {symbol} {right.AsNumber(_parameters)}, false)";
        }

        string texts = $"{left.AsText()} {symbol} {right.AsText()}";
        List<string> isNumber =
            [.. new[] { left.AsSentNumber(_parameters), right.AsSentNumber(_parameters) }.OfType<string>().Select(number => $"isNotNull({number})")];
        return isNumber.Count > 0 && left.HasNumbers(_parameters) && right.HasNumbers(_parameters)
            ? $"ifNull(if({string.Join(" OR ", isNumber)}, {left.AsNumber(_parameters)} {symbol} {right.AsNumber(_parameters)}, {texts}), false)"
            : $"ifNull({texts}, false)";
    }

    private (string Sql, ValueKind Kind) Call(CallExpression call, IReadOnlyList<ExpressionValue> arguments)
    {
        ExpressionValue first = arguments[0];
        switch (call.Function)
        {
            case ExpressionFunction.Concat:
                return ($"concat({string.Join(", ", arguments.Select(argument => $"ifNull({argument.AsText()}, '')"))}, '')", ValueKind.Text);
            case ExpressionFunction.Lower:
                return ($"lowerUTF8({first.AsText()})", ValueKind.Text);
            case ExpressionFunction.Upper:
                return ($"upperUTF8({first.AsText()})", ValueKind.Text);
            case ExpressionFunction.Substr:
                return (Substr(arguments), ValueKind.Text);
            case ExpressionFunction.Length:
                return ($"lengthUTF8({first.AsText()})", ValueKind.Number);
            case ExpressionFunction.Number:
                return (first.AsNumber(_parameters), ValueKind.Number);
            case ExpressionFunction.Text:
                return (first.AsText(), ValueKind.Text);
            case ExpressionFunction.Round:
                string digits = arguments.Count > 1 ? Digits(call.Arguments[1]) : "0";
                return ($"round({first.AsNumber(_parameters)}, {digits})", Rounded(first));
            case ExpressionFunction.Floor:
                return ($"floor({first.AsNumber(_parameters)})", Rounded(first));
            case ExpressionFunction.Ceil:
                return ($"ceil({first.AsNumber(_parameters)})", Rounded(first));
            case ExpressionFunction.Abs:
                return ($"abs({first.AsNumber(_parameters)})", Rounded(first));
            default:
                throw new ArgumentOutOfRangeException(nameof(call), call, "Not a function.");
        }
    }

    private static ValueKind Rounded(ExpressionValue value) => value.Kind == ValueKind.Duration ? ValueKind.Duration : ValueKind.Number;

    /// <summary>From the first character at 1; the engine would count from the end for a start below it.</summary>
    private string Substr(IReadOnlyList<ExpressionValue> arguments)
    {
        string start = Whole(arguments[1]);
        string length = arguments.Count > 2 ? $", {Whole(arguments[2])}" : "";
        return $"substringUTF8({arguments[0].AsText()}, greatest({start}, 1){length})";
    }

    /// <summary>A number of characters: no less than 0, and no more than any text has.</summary>
    private string Whole(ExpressionValue value) => $"toInt64(least(greatest(toFloat64({value.AsNumber(_parameters)}), 0), 1000000000))";

    /// <summary>The engine rounds to a number of digits that is written in the statement.</summary>
    private static string Digits(ExpressionNode node) =>
        node is LiteralExpression { Value: { IsQuoted: false } value } && ValueText.TryInteger(value.Text, out long digits) && digits is >= 0 and <= 15
            ? digits.ToString(CultureInfo.InvariantCulture)
            : throw new QuerySyntaxException("A number of digits from 0 to 15 is expected here.", node.Span);
}
