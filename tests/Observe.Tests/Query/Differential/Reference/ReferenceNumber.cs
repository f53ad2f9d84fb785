using System.Globalization;
using System.Text.RegularExpressions;
using Observe.Query.Language;

namespace Observe.Tests.Query.Differential.Reference;

/// <summary>Numbers as the language compares them: a long or a double, without losing digits of either.</summary>
internal static partial class ReferenceNumber
{
    /// <summary>The number that a text is: the whole text, decimal, with sign, fraction and exponent; or an infinity, or not a number.</summary>
    public static double? OfText(string text) => text.TrimStart('+', '-').ToLowerInvariant() switch
    {
        _ when Decimal().IsMatch(text) => double.Parse(text, CultureInfo.InvariantCulture),
        "nan" => double.NaN,
        "inf" or "infinity" => text[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity,
        _ => null,
    };

    /// <summary>The number that a query's value is, a long or a double; null if it is none.</summary>
    public static object? OfValue(FieldName field, QueryValue value)
    {
        if (ValueText.TryInteger(value.Text, out long integer))
        {
            return integer;
        }

        if (ValueText.TryNumber(value.Text, out double number) || ValueText.TrySize(value.Text, out number))
        {
            return number;
        }

        return ValueText.TryDuration(value.Text, out double nanoseconds) && Unit(field.Name) is { } unit ? nanoseconds / unit : null;
    }

    /// <summary>Less than, equal to or greater than zero; null where one is no number.</summary>
    public static int? Compare(object left, object right) => (left, right) switch
    {
        (long a, long b) => a.CompareTo(b),
        (double a, double b) => double.IsNaN(a) || double.IsNaN(b) ? null : a < b ? -1 : a > b ? 1 : 0,
        (double a, long b) => -Compare(b, a),
        (long a, double b) => Exact(a, b),
        _ => throw new ArgumentException($"Not numbers: {left}, {right}."),
    };

    public static bool Holds(ComparisonOperator comparison, int? order) => comparison switch
    {
        ComparisonOperator.Equal => order == 0,
        ComparisonOperator.NotEqual => order != 0,
        ComparisonOperator.Less => order < 0,
        ComparisonOperator.LessOrEqual => order <= 0,
        ComparisonOperator.Greater => order > 0,
        ComparisonOperator.GreaterOrEqual => order >= 0,
        _ => throw new ArgumentOutOfRangeException(nameof(comparison), comparison, "Not an order."),
    };

    private static int? Exact(long a, double b)
    {
        if (double.IsNaN(b))
        {
            return null;
        }

        if (b >= 9_223_372_036_854_775_808.0)
        {
            return -1;
        }

        if (b < -9_223_372_036_854_775_808.0)
        {
            return 1;
        }

        double floor = Math.Floor(b);
        int order = a.CompareTo((long)floor);
        return order == 0 && b > floor ? -1 : order;
    }

    private static double? Unit(string name) => name[(name.LastIndexOfAny(['_', '.', '-']) + 1)..] switch
    {
        "ns" => 1,
        "us" => 1e3,
        "ms" => 1e6,
        "s" => 1e9,
        _ => null,
    };

    [GeneratedRegex(@"\A[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?\z")]
    private static partial Regex Decimal();
}
