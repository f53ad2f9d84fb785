using System.Globalization;
using System.Text;
using Observe.Query.PromQL.Naming;

namespace Observe.Query.SelfMetrics;

/// <summary>Tags as they stand between the braces: <c>outcome="stored",signal="logs"</c>, in the order of their names.</summary>
internal static class LabelText
{
    public static string Of(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (KeyValuePair<string, object?> tag in tags)
        {
            string name = PrometheusNames.Label(tag.Key);
            string value = tag.Value switch
            {
                null => "",
                bool flag => flag ? "true" : "false",
                _ => Convert.ToString(tag.Value, CultureInfo.InvariantCulture) ?? "",
            };

            // Two names may become one ("a.b", "a_b"): a label must not stand twice, and neither value may get lost.
            labels[name] = labels.TryGetValue(name, out string? other) ? $"{other};{value}" : value;
        }

        var text = new StringBuilder();
        foreach ((string name, string value) in labels)
        {
            text.Append(text.Length > 0 ? "," : "").Append(name).Append("=\"").Append(Escape(value)).Append('"');
        }

        return text.ToString();
    }

    private static string Escape(string value) => value
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("\"", "\\\"", StringComparison.Ordinal)
        .Replace("\n", "\\n", StringComparison.Ordinal);
}
