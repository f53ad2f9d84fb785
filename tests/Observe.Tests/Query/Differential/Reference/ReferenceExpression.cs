using System.Text;
using Observe.Query.Language;
using Observe.Query.Search;

namespace Observe.Tests.Query.Differential.Reference;

/// <summary>What kind of value a part of an expression has: it decides how parts are compared and put together.</summary>
internal enum ReferenceKind
{
    Text,
    Number,
    Duration,
    Bool,

    /// <summary>An attribute's, whatever was sent.</summary>
    Any,
}

/// <summary>The value of an expression in a row; null where it cannot be computed.</summary>
internal sealed class ReferenceExpression(SearchSignal signal, IReadOnlyDictionary<string, ReferenceKind> columns)
{
    public ReferenceKind Kind(ExpressionNode node) => node switch
    {
        FieldExpression field => Kind(field.Field),
        LiteralExpression { Value.IsQuoted: true } => ReferenceKind.Text,
        LiteralExpression literal => ValueText.TryBool(literal.Value.Text, out _) ? ReferenceKind.Bool
            : ValueText.TryDuration(literal.Value.Text, out _) ? ReferenceKind.Duration : ReferenceKind.Number,
        UnaryExpression unary => unary.Operator == UnaryOperator.Not ? ReferenceKind.Bool : Rounded(unary.Operand),
        BinaryExpression { Operator: >= BinaryOperator.Add } binary => Arithmetic(binary.Operator, Kind(binary.Left), Kind(binary.Right)),
        BinaryExpression => ReferenceKind.Bool,
        CallExpression call => Kind(call),
        _ => throw new ArgumentException($"No meaning for {node.GetType().Name}."),
    };

    public object? Value(ExpressionNode node, ReferenceRow row) => node switch
    {
        FieldExpression field => Value(field.Field, row),
        LiteralExpression literal => Literal(literal.Value),
        UnaryExpression { Operator: UnaryOperator.Not } not => !Truth(not.Operand, row),
        UnaryExpression negate => -Number(negate.Operand, row),
        BinaryExpression binary => Binary(binary, row),
        CallExpression call => Call(call, row),
        _ => throw new ArgumentException($"No meaning for {node.GetType().Name}."),
    };

    public object? Value(FieldName field, ReferenceRow row) =>
        row.Columns.TryGetValue(field.FullName, out object? value) ? value
        : row.InTexts(field, signal) ?? ReferenceFields.Resolve(signal, field).Value(row.Record!);

    public ReferenceKind Kind(FieldName field) =>
        columns.TryGetValue(field.FullName, out ReferenceKind kind) ? kind
        : ReferenceFields.Resolve(signal, field) switch
        {
            NumberField => ReferenceKind.Number,
            DurationField => ReferenceKind.Duration,
            AttributeField => ReferenceKind.Any,
            _ => ReferenceKind.Text,
        };

    private static ReferenceKind Arithmetic(BinaryOperator operation, ReferenceKind left, ReferenceKind right) =>
        (left == ReferenceKind.Duration, right == ReferenceKind.Duration) switch
        {
            (true, true) => operation is BinaryOperator.Add or BinaryOperator.Subtract or BinaryOperator.Remainder ? ReferenceKind.Duration : ReferenceKind.Number,
            (true, false) => ReferenceKind.Duration,
            (false, true) => operation == BinaryOperator.Multiply ? ReferenceKind.Duration : ReferenceKind.Number,
            _ => ReferenceKind.Number,
        };

    private ReferenceKind Kind(CallExpression call) => call.Function switch
    {
        ExpressionFunction.If => Common(call.Arguments.Skip(1)),
        ExpressionFunction.Coalesce => Common(call.Arguments),
        ExpressionFunction.Length or ExpressionFunction.Number => ReferenceKind.Number,
        ExpressionFunction.Round or ExpressionFunction.Floor or ExpressionFunction.Ceil or ExpressionFunction.Abs => Rounded(call.Arguments[0]),
        _ => ReferenceKind.Text,
    };

    private ReferenceKind Rounded(ExpressionNode operand) => Kind(operand) == ReferenceKind.Duration ? ReferenceKind.Duration : ReferenceKind.Number;

    /// <summary>Their own kind where they agree, numbers where all are numbers, else text, which may say numbers where one of them may.</summary>
    private ReferenceKind Common(IEnumerable<ExpressionNode> nodes)
    {
        ReferenceKind[] kinds = [.. nodes.Select(Kind).Distinct()];
        return kinds is [ReferenceKind kind] ? kind : kinds.All(IsNumber) ? ReferenceKind.Number : kinds.Contains(ReferenceKind.Any) ? ReferenceKind.Any : ReferenceKind.Text;
    }

    private static bool IsNumber(ReferenceKind kind) => kind is ReferenceKind.Number or ReferenceKind.Duration;

    private static object Literal(QueryValue value) =>
        value.IsQuoted ? value.Text
        : ValueText.TryBool(value.Text, out bool flag) ? flag
        : ValueText.TryDuration(value.Text, out double number) || ValueText.TryNumber(value.Text, out number) || ValueText.TrySize(value.Text, out number) ? number
        : throw new ArgumentException($"{value.Text} is no literal.");

    /// <summary>A field's value as a number. A truth that was sent as one is none; one that was computed is 1 or 0.</summary>
    public double? Number(FieldName field, ReferenceRow row) => Value(field, row) is var value && value is bool && Kind(field) == ReferenceKind.Any ? null : ReferenceValue.Number(value);

    private double? Number(ExpressionNode node, ReferenceRow row) => node is FieldExpression field ? Number(field.Field, row) : ReferenceValue.Number(Value(node, row));

    /// <summary>Of an attribute, a number but zero is true also where it was sent as text.</summary>
    private bool Truth(ExpressionNode node, ReferenceRow row) =>
        ReferenceValue.Truth(Value(node, row)) || (Kind(node) == ReferenceKind.Any && Number(node, row) is { } number && number != 0);

    private string? Text(ExpressionNode node, ReferenceRow row) => ReferenceValue.Text(Value(node, row));

    private object? Binary(BinaryExpression binary, ReferenceRow row) => binary.Operator switch
    {
        BinaryOperator.And => Truth(binary.Left, row) && Truth(binary.Right, row),
        BinaryOperator.Or => Truth(binary.Left, row) || Truth(binary.Right, row),
        >= BinaryOperator.Add => Arithmetic(binary.Operator, Number(binary.Left, row), Number(binary.Right, row)),
        _ => Compare(binary, row),
    };

    /// <summary>Computed in doubles; what divides by zero has no value.</summary>
    private static double? Arithmetic(BinaryOperator operation, double? left, double? right) => operation switch
    {
        BinaryOperator.Add => left + right,
        BinaryOperator.Subtract => left - right,
        BinaryOperator.Multiply => left * right,
        BinaryOperator.Divide => right == 0 ? null : left / right,
        _ => right == 0 ? null : left % right,
    };

    /// <summary>Numbers are compared where one side is a number, of attributes where its value in this row is one; else texts. What is not there compares with nothing.</summary>
    private bool Compare(BinaryExpression binary, ReferenceRow row)
    {
        ComparisonOperator comparison = Enum.Parse<ComparisonOperator>(binary.Operator.ToString());
        if (IsNumber(binary.Left, row) || IsNumber(binary.Right, row))
        {
            return Number(binary.Left, row) is { } a && Number(binary.Right, row) is { } b
                && (double.IsNaN(a) || double.IsNaN(b) ? comparison == ComparisonOperator.NotEqual : ReferenceNumber.Holds(comparison, ReferenceNumber.Compare(a, b)));
        }

        return Text(binary.Left, row) is { } left && Text(binary.Right, row) is { } right && ReferenceNumber.Holds(comparison, ReferenceText.Compare(left, right));
    }

    private bool IsNumber(ExpressionNode node, ReferenceRow row) =>
        IsNumber(Kind(node)) || (node is FieldExpression field && Kind(node) == ReferenceKind.Any && Value(field.Field, row) is long or double);

    private object? Call(CallExpression call, ReferenceRow row)
    {
        IReadOnlyList<ExpressionNode> arguments = call.Arguments;
        ExpressionNode first = arguments[0];
        switch (call.Function)
        {
            case ExpressionFunction.If:
                return As(Kind(call), arguments[Truth(first, row) ? 1 : 2], row);
            case ExpressionFunction.Coalesce:
                return arguments.Select(argument => As(Kind(call), argument, row)).FirstOrDefault(value => value is not null);
            case ExpressionFunction.Concat:
                return string.Concat(arguments.Select(argument => Text(argument, row)));
            case ExpressionFunction.Lower:
                return Text(first, row)?.ToLowerInvariant();
            case ExpressionFunction.Upper:
                return Text(first, row)?.ToUpperInvariant();
            case ExpressionFunction.Substr:
                return Substr(Text(first, row), Number(arguments[1], row), arguments.Count > 2 ? Number(arguments[2], row) : int.MaxValue);
            case ExpressionFunction.Length:
                return (double?)Text(first, row)?.EnumerateRunes().Count();
            case ExpressionFunction.Number:
                return Number(first, row);
            case ExpressionFunction.Text:
                return Text(first, row);
            case ExpressionFunction.Round:
                int digits = arguments.Count > 1 ? (int)Number(arguments[1], row)! : 0;
                return Number(first, row) is { } number ? Math.Round(number, digits) : null;
            case ExpressionFunction.Floor:
                return Number(first, row) is { } floor ? Math.Floor(floor) : null;
            case ExpressionFunction.Ceil:
                return Number(first, row) is { } ceiling ? Math.Ceiling(ceiling) : null;
            case ExpressionFunction.Abs:
                return Number(first, row) is { } signed ? Math.Abs(signed) : null;
            default:
                throw new ArgumentException($"No meaning for {call.Function}.");
        }
    }

    private object? As(ReferenceKind kind, ExpressionNode node, ReferenceRow row) => kind switch
    {
        ReferenceKind.Number or ReferenceKind.Duration => Number(node, row),
        ReferenceKind.Bool => Truth(node, row),
        _ => Text(node, row),
    };

    /// <summary>Characters from a place on, which is 1 for the first; what lies before the text is its beginning.</summary>
    private static string? Substr(string? text, double? start, double? length)
    {
        if (text is null || start is null || length is null)
        {
            return null;
        }

        IEnumerable<Rune> rest = text.EnumerateRunes().Skip((int)Math.Max(start.Value - 1, 0));
        return string.Concat(rest.Take((int)Math.Clamp(length.Value, 0, int.MaxValue)));
    }
}
