using Observe.Query.Language;

namespace Observe.Query.Compilation.Targets;

/// <summary>A column of integers.</summary>
public sealed class NumberColumn(string sql) : FieldTarget
{
    private readonly TextColumn _text = new($"toString({sql})");

    public override string Equal(ParameterBag parameters, FieldName field, QueryValue value) => value.HasWildcard
        ? _text.Equal(parameters, field, value)
        : $"{sql} = {Bound(parameters, field, value)}";

    public override string In(ParameterBag parameters, FieldName field, IReadOnlyList<QueryValue> values)
    {
        var numbers = NumberList.Of(field, values.Where(value => !value.HasWildcard));
        List<string> conditions =
        [
            .. values.Where(value => value.HasWildcard || NumberList.Of(field, [value]).IsEmpty).Select(value => Equal(parameters, field, value)),
            .. numbers.Conditions(parameters, sql),
        ];
        return $"({string.Join(" OR ", conditions)})";
    }

    public override string Order(ParameterBag parameters, FieldName field, ComparisonOperator comparison, QueryValue value) =>
        $"{sql} {comparison.Symbol()} {Bound(parameters, field, value)}";

    public override string Matches(ParameterBag parameters, QueryValue regex) => _text.Matches(parameters, regex);

    public override string Contains(ParameterBag parameters, string text, bool isPrefix) => _text.Contains(parameters, text, isPrefix);

    public override string Exists(ParameterBag parameters) => $"{sql} != 0";

    public override ValueKind Kind => ValueKind.Number;

    public override bool IsInteger => true;

    public override string AsText(ParameterBag parameters) => $"toString({sql})";

    public override string AsNumber(ParameterBag parameters) => sql;

    public override string AsValue(ParameterBag parameters) => sql;

    private static string Bound(ParameterBag parameters, FieldName field, QueryValue value)
    {
        if (ValueText.TryInteger(value.Text, out long integer))
        {
            return parameters.Add(integer);
        }

        return FieldUnit.Number(field, value) is { } number
            ? parameters.Add(number)
            : throw new QuerySyntaxException($"{field.Name} is a number; {value.Text} is not.", value.Span);
    }
}
