using Observe.Query.Language;

namespace Observe.Query.Compilation.Targets;

/// <summary>
/// A field of something that records refer to by id (their resource, their scope): the condition selects a small set of ids.
/// </summary>
/// <param name="key">The id's column, of the same name in both tables.</param>
/// <param name="table">The small table.</param>
/// <param name="inner">The field as a column of the small table.</param>
public sealed class ReferencedTarget(string key, string table, FieldTarget inner) : FieldTarget
{
    public override string Equal(ParameterBag parameters, FieldName field, QueryValue value) => Where(inner.Equal(parameters, field, value));

    public override string Order(ParameterBag parameters, FieldName field, ComparisonOperator comparison, QueryValue value) =>
        Where(inner.Order(parameters, field, comparison, value));

    public override string Matches(ParameterBag parameters, QueryValue regex) => Where(inner.Matches(parameters, regex));

    public override string Contains(ParameterBag parameters, string text, bool isPrefix) => Where(inner.Contains(parameters, text, isPrefix));

    public override string Exists(ParameterBag parameters) => Where(inner.Exists(parameters));

    private string Where(string condition) => $"{key} IN (SELECT {key} FROM {table} WHERE {condition})";
}
