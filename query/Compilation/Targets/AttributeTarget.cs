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
            return AnyText(e => $"{e} LIKE {text}");
        }

        var conditions = new List<string>();
        Add("String", e => $"{e} = {text}");
        if (ValueText.TryInteger(value.Text, out long integer))
        {
            // Of an integer the engine compares all digits, also with doubles.
            string bound = parameters.Add(integer);
            Add("Int64", e => $"{e} = {bound}");
            Add("Float64", e => $"{e} = {bound}");
        }
        else if (FieldUnit.Number(field, value) is { } number)
        {
            string bound = parameters.Add(number);
            Add("Int64", e => $"{e} = {bound}");
            Add("Float64", e => $"{e} = {bound}");
        }

        if (ValueText.TryBool(value.Text, out bool flag))
        {
            Add("Bool", e => $"{e} = {(flag ? "true" : "false")}");
        }

        return NotNull(string.Join(" OR ", conditions));

        void Add(string type, Func<string, string> condition)
        {
            conditions.Add(condition(Typed(type)));
            conditions.Add($"arrayExists(e -> {condition("e")}, {Typed($"Array({type})")})");
            conditions.Add($"arrayExists(e -> ifNull({condition($"dynamicElement(e, '{type}')")}, false), {Typed("Array(Dynamic)")})");
        }
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

    public override string Matches(ParameterBag parameters, QueryValue regex)
    {
        string bound = parameters.Add(regex.Text);
        return AnyText(text => $"match({text}, {bound})");
    }

    public override string Contains(ParameterBag parameters, string text, bool isPrefix)
    {
        string bound = parameters.Add(TextPattern.Phrase(text, isPrefix));
        return AnyText(value => $"match({value}, {bound})");
    }

    /// <summary>A condition on the text of the value, or of one of its elements. Maps, and lists in lists, have none.</summary>
    private string AnyText(Func<string, string> condition) => NotNull(
        $"{condition(ScalarText(_path))} OR arrayExists(e -> {condition("e")}, {Typed("Array(String)")}) "
        + $"OR arrayExists(e -> {condition("toString(e)")}, {Typed("Array(Int64)")}) OR arrayExists(e -> {condition("toString(e)")}, {Typed("Array(Float64)")}) "
        + $"OR arrayExists(e -> {condition("toString(e)")}, {Typed("Array(Bool)")}) OR arrayExists(e -> ifNull({condition(ScalarText("e"))}, false), {Typed("Array(Dynamic)")})");

    private static string ScalarText(string dynamic) => $"if(dynamicType({dynamic}) IN ('String', 'Int64', 'Float64', 'Bool'), toString({dynamic}), NULL)";

    public override string Exists(ParameterBag parameters) => $"{_path} IS NOT NULL";

    public override ValueKind Kind => ValueKind.Any;

    /// <summary>A value with nothing in it is there, but has no text: the engine would write it as <c>()</c>.</summary>
    public override string AsText(ParameterBag parameters) => $"if(dynamicType({_path}) = 'Tuple()', NULL, CAST({_path}, 'Nullable(String)'))";

    public override string AsNumber(ParameterBag parameters) =>
        $"coalesce(toFloat64({Typed("Int64")}), {Typed("Float64")}, toFloat64OrNull({Typed("String")}))";

    public override string AsTyped(ParameterBag parameters) => _path;

    private string Typed(string type) => $"{_path}.:{SqlText.QuoteIdentifier(type)}";

    private string Numbers(string symbol, string bound) =>
        NotNull($"{Typed("Int64")} {symbol} {bound} OR {Typed("Float64")} {symbol} {bound} OR toFloat64OrNull({Typed("String")}) {symbol} {bound}");

    private static string NotNull(string condition) => $"ifNull({condition}, false)";
}
