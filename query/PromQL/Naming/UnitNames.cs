using System.Text;

namespace Observe.Query.PromQL.Naming;

/// <summary>UCUM's units as words: <c>s</c> is seconds, <c>By/s</c> bytes per second.</summary>
internal static class UnitNames
{
    private static readonly Dictionary<string, string> Words = new(StringComparer.Ordinal)
    {
        ["d"] = "days",
        ["h"] = "hours",
        ["min"] = "minutes",
        ["s"] = "seconds",
        ["ms"] = "milliseconds",
        ["us"] = "microseconds",
        ["ns"] = "nanoseconds",
        ["By"] = "bytes",
        ["KiBy"] = "kibibytes",
        ["MiBy"] = "mebibytes",
        ["GiBy"] = "gibibytes",
        ["TiBy"] = "tibibytes",
        ["KBy"] = "kilobytes",
        ["MBy"] = "megabytes",
        ["GBy"] = "gigabytes",
        ["TBy"] = "terabytes",
        ["m"] = "meters",
        ["V"] = "volts",
        ["A"] = "amperes",
        ["J"] = "joules",
        ["W"] = "watts",
        ["g"] = "grams",
        ["Cel"] = "celsius",
        ["Hz"] = "hertz",
        ["1"] = "",
        ["%"] = "percent",
    };

    private static readonly Dictionary<string, string> PerWords = new(StringComparer.Ordinal)
    {
        ["s"] = "second",
        ["m"] = "minute",
        ["h"] = "hour",
        ["d"] = "day",
        ["w"] = "week",
        ["mo"] = "month",
        ["y"] = "year",
    };

    /// <summary>The unit's word, and what it is per, such as <c>per_second</c>; each empty where there is none. What stands in braces is a remark and no unit.</summary>
    public static (string Main, string Per) Of(string unit)
    {
        int slash = unit.IndexOf('/', StringComparison.Ordinal);
        string main = Word(slash < 0 ? unit : unit[..slash], Words);
        string per = slash < 0 ? "" : Word(unit[(slash + 1)..], PerWords);
        return (main, per.Length == 0 ? "" : $"per_{per}");
    }

    private static string Word(string unit, Dictionary<string, string> words)
    {
        unit = unit.Trim();
        return unit.Contains('{', StringComparison.Ordinal) || unit.Contains('}', StringComparison.Ordinal) ? ""
            : Sanitized(words.GetValueOrDefault(unit, unit));
    }

    private static string Sanitized(string word)
    {
        var text = new StringBuilder();
        foreach (char c in word)
        {
            if (char.IsAsciiLetterOrDigit(c) || c == ':')
            {
                text.Append(c);
            }
            else if (text.Length > 0 && text[^1] != '_')
            {
                text.Append('_');
            }
        }

        return text.ToString().TrimEnd('_');
    }
}
