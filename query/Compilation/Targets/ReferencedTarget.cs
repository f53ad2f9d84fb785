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

    public override string In(ParameterBag parameters, FieldName field, IReadOnlyList<QueryValue> values) => Where(inner.In(parameters, field, values));

    public override string Order(ParameterBag parameters, FieldName field, ComparisonOperator comparison, QueryValue value) =>
        Where(inner.Order(parameters, field, comparison, value));

    public override string Matches(ParameterBag parameters, QueryValue regex) => Where(inner.Matches(parameters, regex));

    public override string Contains(ParameterBag parameters, string text, bool isPrefix) => Where(inner.Contains(parameters, text, isPrefix));

    public override string Exists(ParameterBag parameters) => Where(inner.Exists(parameters));

    public override ValueKind Kind => inner.Kind;

    public override string AsText(ParameterBag parameters) => Lookup(inner.AsText(parameters), "''");

    public override string? AsNumber(ParameterBag parameters) => inner.AsNumber(parameters) is { } number ? Lookup(number, "0.") : null;

    public override string? AsSentNumber(ParameterBag parameters) => inner.AsSentNumber(parameters) is { } number ? Lookup(number, "0.") : null;

    public override bool IsInteger => inner.IsInteger;

    public override string AsValue(ParameterBag parameters) => Kind != ValueKind.Number
        ? AsText(parameters)
        : inner.IsInteger ? Lookup(inner.AsValue(parameters), "toInt64(0)") : AsNumber(parameters)!;

    public override IEnumerable<ValueSource> Values(ParameterBag parameters) =>
        inner.Values(parameters).Select(source => source with { Key = key, Table = table });

    /// <summary>
    /// The values of all ids as two constant arrays, in which <c>transform</c> finds each record's. The first pair is for ids without a value
    /// and never looked for: the arrays must not be empty.
    /// </summary>
    private string Lookup(string value, string none)
    {
        string values = $"(SELECT {key} AS k, any(assumeNotNull({value})) AS v FROM {table} WHERE {value} IS NOT NULL GROUP BY k ORDER BY k)";
        return $"if({key} IN (SELECT k FROM {values}), "
            + $"transform({key}, (SELECT arrayPushFront(groupArray(k), 0) FROM {values}), (SELECT arrayPushFront(groupArray(v), {none}) FROM {values}), {none}), NULL)";
    }

    private string Where(string condition) => $"{key} IN (SELECT {key} FROM {table} WHERE {condition})";
}
