using Observe.Query.Language;
using Observe.Query.Time;

namespace Observe.Query.Compilation.Targets;

/// <summary>A column of points in time.</summary>
public sealed class TimeColumn(string sql, TimeProvider time) : FieldTarget
{
    public override string Equal(ParameterBag parameters, FieldName field, QueryValue value) => $"{sql} = {Bound(parameters, field, value)}";

    public override string Order(ParameterBag parameters, FieldName field, ComparisonOperator comparison, QueryValue value) =>
        $"{sql} {comparison.Symbol()} {Bound(parameters, field, value)}";

    public override string Matches(ParameterBag parameters, QueryValue regex) =>
        throw new QuerySyntaxException("A time has no text to match; compare it, such as timestamp>=now-5m.", regex.Span);

    public override string Contains(ParameterBag parameters, string text, bool isPrefix) => $"startsWith(toString({sql}), {parameters.Add(text)})";

    public override string Exists(ParameterBag parameters) => $"toUnixTimestamp64Nano({sql}) != 0";

    public override ValueKind Kind => ValueKind.Time;

    public override string AsText(ParameterBag parameters) => $"toString({sql})";

    public override string AsValue(ParameterBag parameters) => sql;

    private string Bound(ParameterBag parameters, FieldName field, QueryValue value) =>
        TimeExpression.TryParse(value.Text, time, out long nanoseconds)
            ? parameters.AddTime(nanoseconds)
            : throw new QuerySyntaxException(
                $"{field.Name} is a time: write 2026-01-31T12:00:00Z, Unix milliseconds, now, or now-15m (s, m, h, d, w), {TimeExpression.Years}.", value.Span);
}
