using Observe.Query.Language;

namespace Observe.Query.Compilation.Targets;

/// <summary>A column of true and false.</summary>
public sealed class BoolColumn(string sql) : FieldTarget
{
    private readonly EnumColumn _names = new($"if({sql}, 'true', 'false')", ["true", "false"], hasNone: false);

    public override IReadOnlyList<string> Names => _names.Names;

    public override ValueKind Kind => ValueKind.Bool;

    public override string Equal(ParameterBag parameters, FieldName field, QueryValue value) => _names.Equal(parameters, field, value);

    public override string Order(ParameterBag parameters, FieldName field, ComparisonOperator comparison, QueryValue value) =>
        _names.Order(parameters, field, comparison, value);

    public override string Matches(ParameterBag parameters, QueryValue regex) => _names.Matches(parameters, regex);

    public override string Contains(ParameterBag parameters, string text, bool isPrefix) => _names.Contains(parameters, text, isPrefix);

    public override string Exists(ParameterBag parameters) => "true";

    public override string AsText(ParameterBag parameters) => $"CAST(if({sql}, 'true', 'false'), 'Nullable(String)')";

    public override string AsValue(ParameterBag parameters) => sql;
}
