using System.Globalization;

namespace Observe.Tests.Query.Differential.Reference;

/// <summary>Values of columns: what they are as numbers, texts and truths, and whether two are the same.</summary>
internal static class ReferenceValue
{
    /// <summary>The number that a value is; texts are where they say one.</summary>
    public static double? Number(object? value) => value switch
    {
        long integer => integer,
        ulong integer => integer,
        double number => number,
        bool flag => flag ? 1 : 0,
        string text => ReferenceNumber.OfText(text),
        _ => null,
    };

    public static string? Text(object? value) => value is ReferenceTime time ? time.ToString() : ReferenceText.Of(value is ulong integer ? (double)integer : value);

    /// <summary>Numbers but zero are true; of texts, <c>true</c> is.</summary>
    public static bool Truth(object? value) => value switch
    {
        bool flag => flag,
        string text => text == "true",
        null => false,
        _ => Number(value) is { } number && number != 0,
    };

    /// <summary>
    /// Whether the engine's value is the expected one: to nine digits where it is a number, for sums depend on their order. Values of attributes, whose types
    /// differ, may be shown as text.
    /// </summary>
    public static bool AreSame(object? expected, object? found)
    {
        switch (expected)
        {
            case Tolerant tolerant:
                return tolerant.Accepts(found);
            case null:
                return found is null;
            case ReferenceTime time:
                return found is long nanoseconds && nanoseconds == time.Nanoseconds;
            case string text:
                return text == Text(found);
            case bool flag when found is bool or long or ulong:
                return Truth(found) == flag;
        }

        if (found is string shown)
        {
            return Text(expected) == shown;
        }

        double? wanted = Number(expected);
        double? actual = Number(found);
        return wanted is { } a && actual is { } b
            && ((double.IsNaN(a) && double.IsNaN(b)) || a == b || Math.Abs(a - b) <= 1e-9 * Math.Max(Math.Abs(a), Math.Abs(b)));
    }

    public static string Show(object? value) => value switch
    {
        null => "–",
        object?[] list => $"[{string.Join(", ", list.Select(Show))}]",
        string text => $"\"{text}\"",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}
