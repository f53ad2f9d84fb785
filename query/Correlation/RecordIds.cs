using System.Globalization;
using Observe.Query.Search;

namespace Observe.Query.Correlation;

/// <summary>The values of a record that may be ids, with the fields that hold them.</summary>
internal static class RecordIds
{
    public static IEnumerable<(string Field, string Value)> Of(TimedRecord record)
    {
        yield return ("trace_id", record.TraceId);
        yield return ("span_id", record.SpanId);
        if (record is SpanRecord span)
        {
            yield return ("parent_span_id", span.ParentSpanId);
            foreach (SpanLink link in span.Links)
            {
                yield return ("link.trace_id", link.TraceId);
            }
        }

        foreach ((string name, object? value) in record.Attributes)
        {
            foreach (string text in Texts(value))
            {
                yield return ($"attr.{name}", text);
            }
        }

        if (record is LogRecord { Body: IReadOnlyDictionary<string, object?> body })
        {
            foreach ((string Field, string Value) leaf in Leaves("body", body))
            {
                yield return leaf;
            }
        }
    }

    /// <summary>Whether a log's text holds the id in one of its spellings.</summary>
    public static bool StandsInText(TimedRecord record, IdSpellings spellings) =>
        record is LogRecord log && spellings.InText.Any(text => log.BodyText.Contains(text, StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<string> Texts(object? value) => value switch
    {
        string text => [text],
        long number => [number.ToString(CultureInfo.InvariantCulture)],
        object?[] list => list.SelectMany(Texts),
        _ => [],
    };

    private static IEnumerable<(string Field, string Value)> Leaves(string path, IReadOnlyDictionary<string, object?> map)
    {
        foreach ((string name, object? value) in map)
        {
            string field = $"{path}.{name}";
            IEnumerable<(string, string)> leaves = value is IReadOnlyDictionary<string, object?> inner
                ? Leaves(field, inner)
                : Texts(value).Select(text => (field, text));
            foreach ((string, string) leaf in leaves)
            {
                yield return leaf;
            }
        }
    }
}
