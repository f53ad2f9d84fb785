using Observe.Query.Language;

namespace Observe.Query.Compilation.Targets;

/// <summary>A column that a stage made. Its values may be NULL.</summary>
/// <param name="sql">The column's name in the statement.</param>
/// <param name="kind">What kind of values it has.</param>
/// <param name="time">Reads points in time that are relative to now.</param>
/// <param name="areNumbersByChance">
/// Whether numbers may be those of an attribute that has nothing else so far: then a text that is none equals nothing, and is no error, which it would be
/// today and not tomorrow.
/// </param>
/// <param name="of">The field whose values it has, if these have an order of their own.</param>
public sealed class ComputedColumn(string sql, ValueKind kind, TimeProvider time, bool areNumbersByChance, FieldTarget? of = null) : FieldTarget
{
    private readonly FieldTarget _inner = kind switch
    {
        ValueKind.Number => new NumberColumn(sql),
        ValueKind.Duration => new DurationColumn(sql),
        ValueKind.Time => new TimeColumn(sql, time),
        ValueKind.Any => new ParsedTextTarget(sql),
        ValueKind.Bool => new EnumColumn($"if({sql}, 'true', 'false')", ["false", "true"]),
        _ => new TextColumn($"toString({sql})"),
    };

    public override ValueKind Kind => kind;

    public override string Equal(ParameterBag parameters, FieldName field, QueryValue value) => NotNull(
        IsTextByChance(field, value)
            ? new TextColumn($"toString({sql})").Equal(parameters, field, value)
            : _inner.Equal(parameters, field, value));

    public override string In(ParameterBag parameters, FieldName field, IReadOnlyList<QueryValue> values) => NotNull(
        values.Any(value => IsTextByChance(field, value)) ? base.In(parameters, field, values) : _inner.In(parameters, field, values));

    public override string Order(ParameterBag parameters, FieldName field, ComparisonOperator comparison, QueryValue value) =>
        NotNull(_inner.Order(parameters, field, comparison, value));

    public override string Matches(ParameterBag parameters, QueryValue regex) => NotNull(_inner.Matches(parameters, regex));

    public override string Contains(ParameterBag parameters, string text, bool isPrefix) => NotNull(_inner.Contains(parameters, text, isPrefix));

    public override string Exists(ParameterBag parameters) => $"{sql} IS NOT NULL";

    public override string AsText(ParameterBag parameters) => kind switch
    {
        ValueKind.Text or ValueKind.Any or ValueKind.Json => $"CAST({sql}, 'Nullable(String)')",
        ValueKind.Bool => $"CAST(if({sql}, 'true', 'false'), 'Nullable(String)')",
        _ => $"CAST(toString({sql}), 'Nullable(String)')",
    };

    public override string? AsNumber(ParameterBag parameters) => kind switch
    {
        ValueKind.Number or ValueKind.Duration or ValueKind.Bool => sql,
        ValueKind.Text or ValueKind.Any => $"toFloat64OrNull({sql})",
        _ => null,
    };

    public override string AsValue(ParameterBag parameters) => sql;

    public override string? Rank(ParameterBag parameters, string value) => of?.Rank(parameters, value);

    private bool IsTextByChance(FieldName field, QueryValue value) =>
        kind == ValueKind.Number && areNumbersByChance && !value.HasWildcard && FieldUnit.Number(field, value) is null;

    private static string NotNull(string condition) => $"ifNull({condition}, false)";
}
