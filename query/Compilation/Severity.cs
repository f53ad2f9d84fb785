namespace Observe.Query.Compilation;

/// <summary>The names of severities and their numbers, as OTLP's SeverityNumber has them.</summary>
/// <remarks>https://opentelemetry.io/docs/specs/otel/logs/data-model/#field-severitynumber</remarks>
internal static class Severity
{
    /// <summary>The classes, each four numbers wide, from number 1.</summary>
    public static readonly IReadOnlyList<string> Classes = ["trace", "debug", "info", "warn", "error", "fatal"];

    // What loggers write whose exporters send a text and no number.
    private static readonly (string Name, string Class)[] Synonyms =
    [
        ("verbose", "trace"), ("information", "info"), ("informational", "info"), ("notice", "info"), ("warning", "warn"), ("err", "error"),
        ("critical", "fatal"), ("crit", "fatal"), ("alert", "fatal"), ("emergency", "fatal"), ("emerg", "fatal"), ("panic", "fatal"),
    ];

    private static readonly Dictionary<string, (int First, int Last)> Ranges = CreateRanges();

    /// <summary>The numbers that a name covers: <c>error</c> 17 to 20, <c>error2</c> 18.</summary>
    public static bool TryRange(string name, out (int First, int Last) range) => Ranges.TryGetValue(name.ToLowerInvariant(), out range);

    /// <summary>The names whose first number lies in the range; texts without a number count as it.</summary>
    public static IEnumerable<string> NamesBetween(int first, int last) =>
        Ranges.Where(range => range.Value.First >= first && range.Value.First <= last).Select(range => range.Key).Order(StringComparer.Ordinal);

    private static Dictionary<string, (int First, int Last)> CreateRanges()
    {
        var ranges = new Dictionary<string, (int, int)>(StringComparer.Ordinal);
        for (int i = 0; i < Classes.Count; i++)
        {
            int first = (4 * i) + 1;
            ranges[Classes[i]] = (first, first + 3);
            for (int step = 2; step <= 4; step++)
            {
                ranges[Classes[i] + step] = (first + step - 1, first + step - 1);
            }
        }

        foreach ((string name, string severityClass) in Synonyms)
        {
            ranges[name] = ranges[severityClass];
        }

        return ranges;
    }
}
