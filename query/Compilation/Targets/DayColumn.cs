using Observe.Query.Language;
using Observe.Query.Time;

namespace Observe.Query.Compilation.Targets;

/// <summary>A column of days (UTC), shown as <c>2026-01-31</c>. A time that it is compared with counts as its day, so that <c>now-15m</c> means today.</summary>
public sealed class DayColumn(string sql, TimeProvider time) : FieldTarget
{
    private readonly TextColumn _text = new($"toString({sql})");

    public override string Equal(ParameterBag parameters, FieldName field, QueryValue value) => value.HasWildcard
        ? _text.Equal(parameters, field, value)
        : $"{sql} = {Bound(parameters, field, value)}";

    public override string Order(ParameterBag parameters, FieldName field, ComparisonOperator comparison, QueryValue value) =>
        $"{sql} {comparison.Symbol()} {Bound(parameters, field, value)}";

    public override string Matches(ParameterBag parameters, QueryValue regex) => _text.Matches(parameters, regex);

    public override string Contains(ParameterBag parameters, string text, bool isPrefix) => $"startsWith(toString({sql}), {parameters.Add(text)})";

    public override string Exists(ParameterBag parameters) => "true";

    public override string AsText(ParameterBag parameters) => $"CAST(toString({sql}), 'Nullable(String)')";

    private string Bound(ParameterBag parameters, FieldName field, QueryValue value) =>
        TimeExpression.TryParse(value.Text, time, out long nanoseconds)
            ? DayRange.Date(parameters, UnixDay.Of(nanoseconds))
            : throw new QuerySyntaxException(
                $"{field.Name} is a day (UTC): write 2026-01-31, now, or now-7d (s, m, h, d, w), {TimeExpression.Years}.", value.Span);
}
