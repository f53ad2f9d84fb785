using System.Text;

namespace Observe.Query.PromQL.Naming;

/// <summary>
/// OpenTelemetry's names as Prometheus has them, by
/// <see href="https://opentelemetry.io/docs/specs/otel/compatibility/prometheus_and_openmetrics/">OpenTelemetry's rules of compatibility</see>:
/// <c>http.server.request.duration</c> in <c>s</c> becomes <c>http_server_request_duration_seconds</c>.
/// </summary>
public static class PrometheusNames
{
    private const string Total = "total";
    private const string Ratio = "ratio";

    /// <summary>A metric's name: words of letters, digits and colons, the unit's words, and <c>_total</c> for what only grows.</summary>
    /// <param name="name">As sent.</param>
    /// <param name="unit">In UCUM, such as <c>s</c>, <c>By</c>, <c>{request}</c> or <c>By/s</c>; empty for none.</param>
    /// <param name="isCounter">Whether it is a monotonic sum.</param>
    /// <param name="isGauge">Whether it is a gauge: of these, unit 1 is a ratio.</param>
    public static string Metric(string name, string unit, bool isCounter, bool isGauge)
    {
        string family = Family(name, unit, isCounter, isGauge);
        return !isCounter ? family : family.Length == 0 ? Total : $"{family}_{Total}";
    }

    /// <summary>The name of a metric as OpenMetrics has it for all series of it together: without the <c>_total</c> of what only grows.</summary>
    /// <inheritdoc cref="Metric" path="/param"/>
    public static string Family(string name, string unit, bool isCounter, bool isGauge)
    {
        List<string> words = Words(name);
        (string main, string per) = UnitNames.Of(unit);
        foreach (string suffix in new[] { main, per })
        {
            if (suffix.Length > 0 && !words.Contains(suffix))
            {
                words.Add(suffix);
            }
        }

        if (isCounter)
        {
            words.RemoveAll(word => word == Total);
        }

        if (isGauge && unit == "1")
        {
            words.RemoveAll(word => word == Ratio);
            words.Add(Ratio);
        }

        string joined = string.Join('_', words);
        return joined.Length > 0 && char.IsAsciiDigit(joined[0]) ? "_" + joined : joined;
    }

    /// <summary>A unit's words, such as <c>seconds</c> or <c>bytes_per_second</c>; empty where it has none.</summary>
    /// <param name="unit">In UCUM.</param>
    public static string Unit(string unit)
    {
        (string main, string per) = UnitNames.Of(unit);
        return string.Join('_', new[] { main, per }.Where(word => word.Length > 0));
    }

    /// <summary>A label's name: letters, digits and single underscores, not beginning with a digit.</summary>
    public static string Label(string name)
    {
        bool isReserved = name.Length > 4 && name.StartsWith("__", StringComparison.Ordinal) && name.EndsWith("__", StringComparison.Ordinal);
        ReadOnlySpan<char> inner = isReserved ? name.AsSpan(2, name.Length - 4) : name;
        if (inner.IndexOfAnyExcept(Valid) < 0 && !inner.Contains("__", StringComparison.Ordinal) && (name.Length == 0 || !char.IsAsciiDigit(name[0])))
        {
            return name;
        }

        var text = new StringBuilder(isReserved ? "__" : inner.Length > 0 && char.IsAsciiDigit(inner[0]) ? "key_" : "");
        bool isAfterUnderscore = false;
        foreach (Rune rune in inner.EnumerateRunes())
        {
            bool isKept = rune.IsAscii && Rune.IsLetterOrDigit(rune);
            if (isKept || !isAfterUnderscore)
            {
                text.Append(isKept ? (char)rune.Value : '_');
            }

            isAfterUnderscore = !isKept;
        }

        return text.Append(isReserved ? "__" : "").ToString();
    }

    private static readonly System.Buffers.SearchValues<char> Valid =
        System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");

    private static List<string> Words(string name)
    {
        var words = new List<string>();
        int start = 0;
        for (int i = 0; i <= name.Length; i++)
        {
            if (i < name.Length && (char.IsAsciiLetterOrDigit(name[i]) || name[i] == ':'))
            {
                continue;
            }

            if (i > start)
            {
                words.Add(name[start..i]);
            }

            start = i + 1;
        }

        return words;
    }
}
