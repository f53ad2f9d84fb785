using Observe.Query.Language;

namespace Observe.Query.Compilation.Targets;

/// <summary>A column of several texts, such as the names of a span's events: a condition holds when it holds for one of them.</summary>
public sealed class TextArrayColumn(string sql) : FieldTarget
{
    private readonly TextColumn _element = new("e");

    public override string Equal(ParameterBag parameters, FieldName field, QueryValue value) => Any(_element.Equal(parameters, field, value));

    public override string Order(ParameterBag parameters, FieldName field, ComparisonOperator comparison, QueryValue value) =>
        Any(_element.Order(parameters, field, comparison, value));

    public override string Matches(ParameterBag parameters, QueryValue regex) => Any(_element.Matches(parameters, regex));

    public override string Contains(ParameterBag parameters, string text, bool isPrefix) => Any(_element.Contains(parameters, text, isPrefix));

    public override string Exists(ParameterBag parameters) => $"notEmpty({sql})";

    public override string AsText(ParameterBag parameters) => $"nullIf(arrayStringConcat({sql}, ', '), '')";

    public override IEnumerable<ValueSource> Values(ParameterBag parameters) => [new ValueSource("string", sql, IsList: true)];

    private string Any(string condition) => $"arrayExists(e -> {condition}, {sql})";
}
