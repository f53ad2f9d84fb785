using Observe.Query.Language;

namespace Observe.Query.Compilation.Targets;

/// <summary>A value that was found in a text: text too, and compared as a number where it is one and the value asked for is one.</summary>
/// <param name="sql">A Nullable(String); NULL where the field was not found.</param>
public sealed class ParsedTextTarget(string sql) : FieldTarget
{
    private readonly TextColumn _text = new(sql);

    public override ValueKind Kind => ValueKind.Any;

    public override string Equal(ParameterBag parameters, FieldName field, QueryValue value)
    {
        string text = _text.Equal(parameters, field, value);
        return !value.HasWildcard && FieldUnit.Number(field, value) is { } number
            ? $"(ifNull({text}, false) OR ifNull(toFloat64OrNull({sql}) = {parameters.Add(number)}, false))"
            : $"ifNull({text}, false)";
    }

    public override string In(ParameterBag parameters, FieldName field, IReadOnlyList<QueryValue> values)
    {
        IReadOnlyList<double> numbers = NumberList.Of(field, values.Where(value => !value.HasWildcard)).Doubles;
        string text = $"ifNull({_text.In(parameters, field, values)}, false)";
        return numbers.Count == 0 ? text : $"({text} OR ifNull(toFloat64OrNull({sql}) IN {parameters.Add(numbers)}, false))";
    }

    public override string Order(ParameterBag parameters, FieldName field, ComparisonOperator comparison, QueryValue value)
    {
        if (value.IsQuoted)
        {
            return $"ifNull({_text.Order(parameters, field, comparison, value)}, false)";
        }

        return FieldUnit.Number(field, value) is { } number
            ? $"ifNull(toFloat64OrNull({sql}) {comparison.Symbol()} {parameters.Add(number)}, false)"
            : throw FieldUnit.NoNumber(field, comparison, value);
    }

    public override string Matches(ParameterBag parameters, QueryValue regex) => $"ifNull({_text.Matches(parameters, regex)}, false)";

    public override string Contains(ParameterBag parameters, string text, bool isPrefix) => $"ifNull({_text.Contains(parameters, text, isPrefix)}, false)";

    public override string Exists(ParameterBag parameters) => $"({sql}) IS NOT NULL";

    public override string AsText(ParameterBag parameters) => sql;

    public override string AsNumber(ParameterBag parameters) => $"toFloat64OrNull({sql})";
}
