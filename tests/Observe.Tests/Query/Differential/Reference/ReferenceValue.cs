using System.Globalization;

using Observe.Tests.Query.Differential.Data;

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

    /// <summary>A value as stages group, join and show it; lists and empty maps are JSON.</summary>
    public static string? Text(object? value) => value switch
    {
        ReferenceTime time => time.ToString(),
        ulong integer => integer.ToString(CultureInfo.InvariantCulture),
        object?[] list => $"[{string.Join(',', list.Select(Json))}]",
        TestMap => "{}",
        _ => ReferenceText.Of(value),
    };

    /// <summary>Numbers that are not finite have no JSON.</summary>
    public static string Json(object? value) => value switch
    {
        null => "null",
        double number when !double.IsFinite(number) => "null",
        string or byte[] => $"\"{string.Concat(ReferenceText.Of(value)!.Select(Escaped))}\"",
        _ => Text(value)!,
    };

    private static string Escaped(char c) => c switch
    {
        '"' or '\\' => $"\\{c}",
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        < ' ' => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}"),
        _ => c.ToString(),
    };

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
            case long integer when found is long exact:
                return exact == integer;
            case object?[] list when found is object[] elements:
                return list.Length == elements.Length && list.Zip(elements).All(pair => AreSame(pair.First, pair.Second));
            case TestMap when found is not string:
                return found is System.Collections.IDictionary { Count: 0 };
            case byte[]:
                return found is string bytes && bytes == Text(expected);
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
            && ((double.IsNaN(a) && double.IsNaN(b)) || a == b || (double.IsFinite(a) && double.IsFinite(b) && Math.Abs(a - b) <= 1e-9 * Math.Max(Math.Abs(a), Math.Abs(b))));
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
