using Observe.Query.Compilation.Targets;
using Observe.Query.Language;

namespace Observe.Query.Compilation.Pipeline;

/// <summary>A part of an expression, compiled once, and how it is read as one type or another.</summary>
/// <param name="Sql">The value; NULL where it cannot be computed.</param>
/// <param name="Kind">What kind of value it is.</param>
/// <param name="Span">Where the part stands in the query.</param>
/// <param name="Field">What it stands for, if it is a field, which knows better how its values become numbers; else null.</param>
internal sealed record ExpressionValue(string Sql, ValueKind Kind, TextSpan Span, FieldTarget? Field = null)
{
    public bool IsNumber => Kind is ValueKind.Number or ValueKind.Duration;

    /// <summary>Whether it is an integer, which loses digits as a double.</summary>
    public bool IsInteger { get; init; } = Field is { IsInteger: true };

    /// <summary>Whether there may be numbers, so that <see cref="AsNumber"/> can be asked for.</summary>
    public bool HasNumbers(ParameterBag parameters) => Field is null
        ? IsNumber || Kind is ValueKind.Text or ValueKind.Any or ValueKind.Bool
        : Field.AsNumber(parameters) is not null;

    /// <summary>The number where the value was sent as one; null if it never is.</summary>
    public string? AsSentNumber(ParameterBag parameters) => Kind == ValueKind.Any ? Field?.AsSentNumber(parameters) : null;

    /// <exception cref="QuerySyntaxException">It is a time or a list.</exception>
    public string AsNumber(ParameterBag parameters)
    {
        if (Field is not null)
        {
            return Field.AsNumber(parameters) ?? throw new QuerySyntaxException("This field has no numbers; a number is expected here.", Span);
        }

        return Kind switch
        {
            ValueKind.Number or ValueKind.Duration => Sql,
            ValueKind.Bool => $"toFloat64({Sql})",
            ValueKind.Text or ValueKind.Any => $"toFloat64OrNull({Sql})",
            _ => throw new QuerySyntaxException("A number is expected here.", Span),
        };
    }

    public string AsText() => Kind switch
    {
        ValueKind.Text or ValueKind.Any => Sql,
        ValueKind.Bool => $"if({Sql}, 'true', 'false')",
        _ => $"toString({Sql})",
    };

    /// <summary>Numbers but zero are true, those too that a field has as text; of texts, <c>true</c> is. What is not there is false.</summary>
    /// <exception cref="QuerySyntaxException">It is a time or a list.</exception>
    public string AsBool() => Kind switch
    {
        ValueKind.Bool => $"ifNull({Sql}, false)",
        ValueKind.Number or ValueKind.Duration => $"ifNull({Sql} != 0, false)",
        ValueKind.Text => $"ifNull({Sql} = 'true', false)",
        ValueKind.Any => $"ifNull({Sql} = 'true' OR toFloat64OrNull({Sql}) != 0, false)",
        _ => throw new QuerySyntaxException("A condition is expected here.", Span),
    };

    /// <summary>As values of a kind that several parts have in common.</summary>
    /// <param name="areIntegers">Whether all parts are integers.</param>
    public string As(ValueKind kind, bool areIntegers, ParameterBag parameters) => kind switch
    {
        ValueKind.Number when areIntegers => $"toInt64({Sql})",

        // The engine has no common type for integers and doubles, and would answer both in one column.
        ValueKind.Number or ValueKind.Duration => $"toFloat64({AsNumber(parameters)})",
        ValueKind.Bool => AsBool(),
        ValueKind.Text or ValueKind.Any => AsText(),
        _ => Sql,
    };

    /// <summary>
    /// The kind that parts have in common: their own where they agree, numbers where all are numbers, else text, which may say numbers where a part may.
    /// </summary>
    public static ValueKind Common(IReadOnlyCollection<ExpressionValue> values)
    {
        ValueKind first = values.First().Kind;
        return values.All(value => value.Kind == first) ? first
            : values.All(value => value.IsNumber) ? ValueKind.Number
            : values.Any(value => value.Kind == ValueKind.Any) ? ValueKind.Any
            : ValueKind.Text;
    }
}
