using Observe.Query.Language;

namespace Observe.Query.Compilation.Targets;

/// <summary>A column, or an expression, that is a String.</summary>
/// <param name="sql">The expression; never NULL.</param>
public class TextColumn(string sql) : FieldTarget
{
    protected string Sql => sql;

    public override string Equal(ParameterBag parameters, FieldName field, QueryValue value) => value.HasWildcard
        ? $"{sql} LIKE {parameters.Add(TextPattern.Like(value.Text))}"
        : $"{sql} = {parameters.Add(value.Text)}";

    public override string In(ParameterBag parameters, FieldName field, IReadOnlyList<QueryValue> values)
    {
        List<string> conditions = [.. values.Where(value => value.HasWildcard).Select(value => Equal(parameters, field, value))];
        if (values.Any(value => !value.HasWildcard))
        {
            conditions.Add($"{sql} IN {parameters.Add(values.Where(value => !value.HasWildcard).Select(value => value.Text))}");
        }

        return $"({string.Join(" OR ", conditions)})";
    }

    public override string Order(ParameterBag parameters, FieldName field, ComparisonOperator comparison, QueryValue value) =>
        $"{sql} {comparison.Symbol()} {parameters.Add(value.Text)}";

    public override string Matches(ParameterBag parameters, QueryValue regex) => $"match({sql}, {parameters.Add(regex.Text)})";

    public override string Contains(ParameterBag parameters, string text, bool isPrefix) =>
        $"match({sql}, {parameters.Add(TextPattern.Phrase(text, isPrefix))})";

    public override string Exists(ParameterBag parameters) => $"{sql} != ''";

    public override string AsText(ParameterBag parameters) => $"nullIf(toString({sql}), '')";

    public override string AsNumber(ParameterBag parameters) => $"toFloat64OrNull({sql})";
}
