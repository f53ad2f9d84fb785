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
}
