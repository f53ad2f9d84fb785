using Observe.Query.Language;
using Observe.Storage.Engine;

namespace Observe.Query.Compilation.Targets;

/// <summary>One path of a JSON column. Its values differ in type from record to record, so each type is asked on its own typed sub-column.</summary>
public sealed class AttributeTarget : FieldTarget
{
    private readonly string _path;

    /// <param name="column">The JSON column; the program's own name.</param>
    /// <param name="name">The attribute's key, as it was sent.</param>
    public AttributeTarget(string column, string name) => _path = $"{column}.{SqlText.QuoteIdentifier(name)}";

    public override string Equal(ParameterBag parameters, FieldName field, QueryValue value)
    {
        string text = parameters.Add(value.HasWildcard ? TextPattern.Like(value.Text) : value.Text);
        if (value.HasWildcard)
        {
            return NotNull($"toString({_path}) LIKE {text} OR arrayExists(e -> e LIKE {text}, {Typed("Array(String)")})");
        }

        List<string> conditions = [$"{Typed("String")} = {text}", $"has({Typed("Array(String)")}, {text})"];
        if (ValueText.TryInteger(value.Text, out long integer))
        {
            string bound = parameters.Add(integer);
            conditions.Add($"{Typed("Int64")} = {bound}");
            conditions.Add($"has({Typed("Array(Int64)")}, {bound})");
        }

        if (FieldUnit.Number(field, value) is { } number)
        {
            string bound = parameters.Add(number);
            conditions.Add($"{Typed("Float64")} = {bound}");
            conditions.Add($"has({Typed("Array(Float64)")}, {bound})");
            if (!ValueText.TryInteger(value.Text, out _))
            {
                conditions.Add($"{Typed("Int64")} = {bound}");
            }
        }

        if (ValueText.TryBool(value.Text, out bool flag))
        {
            string literal = flag ? "true" : "false";
            conditions.Add($"{Typed("Bool")} = {literal}");
            conditions.Add($"has({Typed("Array(Bool)")}, {literal})");
        }

        return NotNull(string.Join(" OR ", conditions));
    }

    public override string Order(ParameterBag parameters, FieldName field, ComparisonOperator comparison, QueryValue value)
    {
        string symbol = comparison.Symbol();
        if (value.IsQuoted)
        {
            return NotNull($"{Typed("String")} {symbol} {parameters.Add(value.Text)}");
        }

        if (ValueText.TryInteger(value.Text, out long integer))
        {
            return Numbers(symbol, parameters.Add(integer));
        }

        if (FieldUnit.Number(field, value) is { } number)
        {
            return Numbers(symbol, parameters.Add(number));
        }

        throw FieldUnit.NoNumber(field, comparison, value);
    }

    public override string Matches(ParameterBag parameters, QueryValue regex) => $"match({Text}, {parameters.Add(regex.Text)})";

    public override string Contains(ParameterBag parameters, string text, bool isPrefix) =>
        $"match({Text}, {parameters.Add(TextPattern.Phrase(text, isPrefix))})";

    public override string Exists(ParameterBag parameters) => $"{_path} IS NOT NULL";

    public override ValueKind Kind => ValueKind.Any;

    public override string AsText(ParameterBag parameters) => $"CAST({_path}, 'Nullable(String)')";

    public override string AsNumber(ParameterBag parameters) =>
        $"coalesce(toFloat64({Typed("Int64")}), {Typed("Float64")}, toFloat64OrNull({Typed("String")}))";

    public override string AsTyped(ParameterBag parameters) => _path;

    private string Text => $"ifNull(toString({_path}), '')";

    private string Typed(string type) => $"{_path}.:{SqlText.QuoteIdentifier(type)}";

    private string Numbers(string symbol, string bound) =>
        NotNull($"{Typed("Int64")} {symbol} {bound} OR {Typed("Float64")} {symbol} {bound} OR toFloat64OrNull({Typed("String")}) {symbol} {bound}");

    private static string NotNull(string condition) => $"ifNull({condition}, false)";
}
