using Observe.Query.Language;

namespace Observe.Query.Compilation.Targets;

/// <summary>A trace or span id: bytes in the table, hexadecimal digits in a query, zeros where it was not sent.</summary>
/// <param name="bytes">16 for a trace, 8 for a span.</param>
public sealed class IdColumn(string sql, int bytes) : FieldTarget
{
    private readonly TextColumn _text = new($"lower(hex({sql}))");

    public override string Equal(ParameterBag parameters, FieldName field, QueryValue value)
    {
        if (value.HasWildcard)
        {
            return $"({_text.Equal(parameters, field, value with { Text = value.Text.ToLowerInvariant() })} AND {Exists(parameters)})";
        }

        if (value.Text.Length == 0)
        {
            return $"NOT {Exists(parameters)}";
        }

        return HexId.TryNormalize(value.Text, bytes, out string? hex)
            ? $"{sql} = unhex({parameters.Add(hex)})"
            : throw new QuerySyntaxException(
                $"{field.Name} has {bytes * 2} hexadecimal digits; {value.Text} has not. For a part of one write {field.Name}=4bf9*.", value.Span);
    }

    public override string In(ParameterBag parameters, FieldName field, IReadOnlyList<QueryValue> values)
    {
        List<string> ids = [];
        List<string> conditions = [];
        foreach (QueryValue value in values)
        {
            if (!value.HasWildcard && HexId.TryNormalize(value.Text, bytes, out string? hex))
            {
                ids.Add(hex);
            }
            else
            {
                conditions.Add(Equal(parameters, field, value));
            }
        }

        if (ids.Count > 0)
        {
            conditions.Add($"{sql} IN (arrayMap(id -> toFixedString(unhex(id), {bytes}), {parameters.Add(ids)}))");
        }

        return $"({string.Join(" OR ", conditions)})";
    }

    public override string Order(ParameterBag parameters, FieldName field, ComparisonOperator comparison, QueryValue value) =>
        throw new QuerySyntaxException($"{field.Name} has no order; compare it with =.", value.Span);

    public override string Matches(ParameterBag parameters, QueryValue regex) =>
        $"({_text.Matches(parameters, regex)} AND {Exists(parameters)})";

    public override string Contains(ParameterBag parameters, string text, bool isPrefix) => isPrefix
        ? $"(startsWith(lower(hex({sql})), {parameters.Add(Digits(text))}) AND {Exists(parameters)})"
        : $"(lower(hex({sql})) = {parameters.Add(Digits(text))} AND {Exists(parameters)})";

    public override string Exists(ParameterBag parameters) => $"{sql} != toFixedString('', {bytes})";

    public override string AsText(ParameterBag parameters) => $"if({Exists(parameters)}, lower(hex({sql})), NULL)";

    private static string Digits(string text) => text.Replace("-", "", StringComparison.Ordinal).ToLowerInvariant();
}
