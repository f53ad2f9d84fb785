using System.Text;

namespace Observe.Query.Metrics;

/// <summary>
/// From OpenTelemetry's names and units to Prometheus's, by
/// <see href="https://opentelemetry.io/docs/specs/otel/compatibility/prometheus_and_openmetrics/">OpenTelemetry's rules of compatibility</see>.
/// </summary>
internal static class MetricNames
{
    /// <summary>The family's name without <c>_total</c>, and the unit that it ends with (empty for none).</summary>
    /// <param name="name">Such as <c>observe.ingest.insert.duration</c>.</param>
    /// <param name="unit">In UCUM, such as <c>s</c>, <c>By</c>, <c>{record}</c> or <c>By/s</c>; null for none.</param>
    public static (string Name, string Unit) Family(string name, string? unit, MetricKind kind)
    {
        string family = Sanitize(name, allowColon: true);
        if (kind == MetricKind.Counter && family.EndsWith("_total", StringComparison.Ordinal))
        {
            family = family[..^"_total".Length];
        }

        string suffix = UnitName(unit, kind);
        if (suffix.Length > 0 && !family.EndsWith("_" + suffix, StringComparison.Ordinal))
        {
            family = $"{family.TrimEnd('_')}_{suffix}";
        }

        return (family, suffix);
    }

    /// <summary>A label's name: letters, digits and underscores, not beginning with a digit.</summary>
    public static string Label(string name) => Sanitize(name, allowColon: false);

    private static string UnitName(string? unit, MetricKind kind)
    {
        if (string.IsNullOrEmpty(unit) || unit.Contains('{', StringComparison.Ordinal))
        {
            return "";
        }

        int slash = unit.IndexOf('/', StringComparison.Ordinal);
        if (slash > 0)
        {
            return $"{Word(unit[..slash])}_per_{Singular(unit[(slash + 1)..])}";
        }

        if (unit == "1")
        {
            return kind == MetricKind.Gauge ? "ratio" : "";
        }

        return Word(unit);
    }

    private static string Word(string unit) => unit switch
    {
        "d" => "days",
        "h" => "hours",
        "min" => "minutes",
        "s" => "seconds",
        "ms" => "milliseconds",
        "us" => "microseconds",
        "ns" => "nanoseconds",
        "By" => "bytes",
        "KiBy" => "kibibytes",
        "MiBy" => "mebibytes",
        "%" => "percent",
        _ => Sanitize(unit, allowColon: false).Trim('_'),
    };

    private static string Singular(string unit) => unit switch
    {
        "s" => "second",
        "min" => "minute",
        "h" => "hour",
        "d" => "day",
        _ => Word(unit),
    };

    private static string Sanitize(string name, bool allowColon)
    {
        var text = new StringBuilder(name.Length + 1);
        foreach (char c in name)
        {
            bool allowed = char.IsAsciiLetterOrDigit(c) || (allowColon && c == ':');
            if (text.Length == 0 && char.IsAsciiDigit(c))
            {
                text.Append('_');
            }

            if (allowed)
            {
                text.Append(c);
            }
            else if (text.Length == 0 || text[^1] != '_')
            {
                text.Append('_');
            }
        }

        return text.Length == 0 ? "_" : text.ToString();
    }
}
