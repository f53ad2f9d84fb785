using Observe.Query.Language;

namespace Observe.Query.Compilation;

/// <summary>The unit of time that a field's name ends in, as in <c>duration_ms</c>: what makes <c>duration_ms>1s</c> a question.</summary>
internal static class FieldUnit
{
    private static readonly (string Suffix, double Nanoseconds)[] Units =
    [
        ("ns", 1), ("nanos", 1), ("us", 1e3), ("micros", 1e3), ("ms", 1e6), ("millis", 1e6), ("milliseconds", 1e6),
        ("s", 1e9), ("sec", 1e9), ("seconds", 1e9),
    ];

    /// <summary>Nanoseconds in one of the field's units, or null when its name does not tell.</summary>
    public static double? Nanoseconds(string name)
    {
        int start = name.LastIndexOfAny(['_', '.', '-']) + 1;
        foreach ((string suffix, double nanoseconds) in Units)
        {
            if (start > 0 && name.AsSpan(start).Equals(suffix, StringComparison.OrdinalIgnoreCase))
            {
                return nanoseconds;
            }
        }

        return null;
    }

    /// <summary>A value as a number in the field's unit: a number, a size in bytes, or a duration if the field's name tells its unit. Null if it is none.</summary>
    public static double? Number(FieldName field, QueryValue value)
    {
        if (ValueText.TryNumber(value.Text, out double number) || ValueText.TrySize(value.Text, out number))
        {
            return number;
        }

        return ValueText.TryDuration(value.Text, out double nanoseconds) && Nanoseconds(field.Name) is { } unit ? nanoseconds / unit : null;
    }

    /// <summary>The error of a comparison by size with a value for which <see cref="Number"/> is null.</summary>
    public static QuerySyntaxException NoNumber(FieldName field, ComparisonOperator comparison, QueryValue value)
    {
        string message = ValueText.TryDuration(value.Text, out _)
            ? $"The unit of {field.Name} is not known, so it cannot be compared with {value.Text}: write a number in the unit in which it is sent."
            : ValueText.HasUnknownUnit(value.Text)
                ? $"{value.Text} has no unit that is known: durations have {ValueText.DurationUnits}, sizes {ValueText.SizeUnits}; quote it to compare as text."
                : $"A number is expected after {comparison.Symbol()}, not {value.Text}; quote it to compare as text.";
        return new QuerySyntaxException(message + ColumnNames.Hint(field), value.Span);
    }
}
