using Observe.Query.Language;

namespace Observe.Query.Compilation.Targets;

/// <summary>A column of nanoseconds, compared with durations such as <c>250ms</c>.</summary>
public sealed class DurationColumn(string sql) : FieldTarget
{
    public override string Equal(ParameterBag parameters, FieldName field, QueryValue value) => $"{sql} = {Bound(parameters, field, value)}";

    public override string Order(ParameterBag parameters, FieldName field, ComparisonOperator comparison, QueryValue value) =>
        $"{sql} {comparison.Symbol()} {Bound(parameters, field, value)}";

    public override string Matches(ParameterBag parameters, QueryValue regex) =>
        throw new QuerySyntaxException("A duration has no text to match; compare it, such as duration>250ms.", regex.Span);

    public override string Contains(ParameterBag parameters, string text, bool isPrefix) => $"toString({sql}) = {parameters.Add(text)}";

    public override string Exists(ParameterBag parameters) => "true";

    public override ValueKind Kind => ValueKind.Duration;

    public override string AsText(ParameterBag parameters) => $"toString({sql})";

    public override string AsNumber(ParameterBag parameters) => sql;

    public override string AsValue(ParameterBag parameters) => sql;

    private static string Bound(ParameterBag parameters, FieldName field, QueryValue value)
    {
        if (ValueText.TryDuration(value.Text, out double nanoseconds))
        {
            return Math.Abs(nanoseconds) < long.MaxValue
                ? parameters.Add((long)Math.Round(nanoseconds))
                : throw new QuerySyntaxException($"{value.Text} is longer than the longest duration, about 292 years.", value.Span);
        }

        throw new QuerySyntaxException(
            ValueText.TryNumber(value.Text, out _)
                ? $"A unit is expected: {field.Name}>{value.Text}ms, or ns, us, s, m, h, d."
                : $"{field.Name} is a duration, such as 250ms or 1.5s; {value.Text} is not.{(ValueText.HasUnknownUnit(value.Text) ? $" Its unit is one of {ValueText.DurationUnits}." : "")}",
            value.Span);
    }
}
