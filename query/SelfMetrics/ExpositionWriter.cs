using System.Globalization;
using System.Text;

namespace Observe.Query.SelfMetrics;

/// <summary>Writes families as text that Prometheus reads.</summary>
/// <remarks>
/// <code>
/// # HELP name what it is                       OpenMetrics besides: # UNIT name unit
/// # TYPE name counter|gauge|histogram          Prometheus's own text has the _total of counters here too
/// name_total{label="value"} 1
/// name_bucket{label="value",le="0.5"} 1        each bucket with those below it; the last one, +Inf, is the count
/// name_sum{label="value"} 0.2
/// name_count{label="value"} 1
///                                              OpenMetrics ends with # EOF
/// </code>
/// </remarks>
internal static class ExpositionWriter
{
    public static string Write(IEnumerable<MetricFamily> families, ExpositionFormat format)
    {
        var text = new StringBuilder(16 * 1024);
        foreach (MetricFamily family in families)
        {
            MetricSeries[] series = [.. family.Series];
            if (series.Length > 0)
            {
                WriteHead(text, family, format);
                WriteSeries(text, family, series, format);
            }
        }

        return text.Append(format == ExpositionFormat.OpenMetrics ? "# EOF\n" : "").ToString();
    }

    private static void WriteHead(StringBuilder text, MetricFamily family, ExpositionFormat format)
    {
        bool isOpenMetrics = format == ExpositionFormat.OpenMetrics;
        string name = family.Kind == MetricKind.Counter && !isOpenMetrics ? family.Name + "_total" : family.Name;
        if (family.Help.Length > 0)
        {
            string help = family.Help.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
            text.Append("# HELP ").Append(name).Append(' ')
                .Append(isOpenMetrics ? help.Replace("\"", "\\\"", StringComparison.Ordinal) : help).Append('\n');
        }

        text.Append("# TYPE ").Append(name).Append(' ').Append(family.Kind switch
        {
            MetricKind.Counter => "counter",
            MetricKind.Histogram => "histogram",
            _ => "gauge",
        }).Append('\n');
        if (isOpenMetrics && family.Unit.Length > 0)
        {
            text.Append("# UNIT ").Append(name).Append(' ').Append(family.Unit).Append('\n');
        }
    }

    private static void WriteSeries(StringBuilder text, MetricFamily family, IEnumerable<MetricSeries> series, ExpositionFormat format)
    {
        foreach (MetricSeries one in series)
        {
            if (family.Kind == MetricKind.Histogram)
            {
                WriteHistogram(text, family, one, format);
            }
            else
            {
                WriteSample(text, family.Name, family.Kind == MetricKind.Counter ? "_total" : "", one.Labels, Number(one.Read()));
            }
        }
    }

    private static void WriteHistogram(StringBuilder text, MetricFamily family, MetricSeries series, ExpositionFormat format)
    {
        (double sum, long[] counts) = series.ReadHistogram();
        string prefix = series.Labels.Length > 0 ? series.Labels + "," : "";
        long cumulative = 0;
        for (int i = 0; i < counts.Length; i++)
        {
            cumulative += counts[i];
            string bound = i < family.Bounds.Count ? Bound(family.Bounds[i], format) : "+Inf";
            WriteSample(text, family.Name, "_bucket", $"{prefix}le=\"{bound}\"", Number(cumulative));
        }

        WriteSample(text, family.Name, "_sum", series.Labels, Number(sum));
        WriteSample(text, family.Name, "_count", series.Labels, Number(cumulative));
    }

    private static void WriteSample(StringBuilder text, string name, string suffix, string labels, string value)
    {
        text.Append(name).Append(suffix);
        if (labels.Length > 0)
        {
            text.Append('{').Append(labels).Append('}');
        }

        text.Append(' ').Append(value).Append('\n');
    }

    /// <summary>OpenMetrics wants bounds as floating-point numbers: 1.0.</summary>
    private static string Bound(double bound, ExpositionFormat format)
    {
        string text = Number(bound);
        return format == ExpositionFormat.OpenMetrics && text.All(c => char.IsAsciiDigit(c) || c == '-') ? text + ".0" : text;
    }

    private static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        double.NaN => "NaN",
        _ when value == Math.Truncate(value) && Math.Abs(value) < 1e15 => value.ToString("F0", CultureInfo.InvariantCulture),
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };
}
