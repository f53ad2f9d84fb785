using Observe.Query.Search;

namespace Observe.Query.Language;

/// <summary>The names of the built-in fields, for messages about names; what each stands for is known to <see cref="Compilation.FieldResolver"/>.</summary>
internal static class ColumnNames
{
    private static readonly string[] All = ["service.name", "service", "scope.name", "scope.version"];

    private static readonly string[] Timed = [.. All, "timestamp", "event.name", "trace_id", "span_id", "flags"];

    private static readonly string[] Logs = [.. Timed, "severity", "severity_text", "severity_number", "body", "observed_timestamp"];

    private static readonly string[] Spans =
        [.. Timed, "name", "kind", "status", "status_message", "duration", "parent_span_id", "trace_state"];

    private static readonly string[] Metrics = [.. All, "name", "type", "unit", "description", "temporality", "monotonic", "series.id", "last_day"];

    /// <summary>The names in the records of a signal, short ones of the same field among them.</summary>
    public static IReadOnlyList<string> Of(SearchSignal signal) => signal switch
    {
        SearchSignal.Logs => Logs,
        SearchSignal.Spans => Spans,
        _ => Metrics,
    };

    /// <summary>A sentence, with a space before it, for whoever names what is no built-in field of the records but may be meant for one; else nothing.</summary>
    public static string Hint(FieldName field)
    {
        if (field.Place != FieldPlace.Any)
        {
            return "";
        }

        // Not those of metrics: many attributes are called type or unit.
        if (ElsewhereHint(field, SearchSignal.Logs, SearchSignal.Spans) is { Length: > 0 } elsewhere)
        {
            return elsewhere;
        }

        string[] all = [.. Logs.Union(Spans)];
        string? meant = FieldSynonyms.Of(field.Name).FirstOrDefault(all.Contains) ?? (NearestName.Find(field.Name, all, 1) is [string nearest] ? nearest : null);
        return meant is null ? "" : $" {field.Name} is no built-in field; did you mean {meant}?";
    }

    /// <summary>The sentence for a name that is no built-in field of the records, but one in those of another signal; nothing for other names.</summary>
    public static string ElsewhereHint(FieldName field, params IReadOnlyList<SearchSignal> others)
    {
        foreach (SearchSignal signal in others)
        {
            if (Of(signal).Contains(field.Name))
            {
                string word = SignalWords.Of(signal);
                return $" {field.Name} is a field of {word}: begin the query with {word}.";
            }
        }

        return "";
    }
}
