using Observe.Query.Search;

namespace Observe.Query.Language;

/// <summary>The names of the built-in fields, for messages about names; what each stands for is known to <see cref="Compilation.FieldResolver"/>.</summary>
internal static class ColumnNames
{
    private static readonly string[] Both =
        ["timestamp", "service.name", "service", "event.name", "trace_id", "span_id", "scope.name", "scope.version", "flags"];

    private static readonly string[] Logs = [.. Both, "severity", "severity_text", "severity_number", "body", "observed_timestamp"];

    private static readonly string[] Spans =
        [.. Both, "name", "kind", "status", "status_message", "duration", "parent_span_id", "trace_state"];

    /// <summary>The names in the records of a signal, short ones of the same field among them.</summary>
    public static IReadOnlyList<string> Of(SearchSignal signal) => signal == SearchSignal.Logs ? Logs : Spans;

    public static SearchSignal Other(SearchSignal signal) => signal == SearchSignal.Logs ? SearchSignal.Spans : SearchSignal.Logs;

    /// <summary>What a query about the signal begins with.</summary>
    public static string Word(SearchSignal signal) => signal == SearchSignal.Logs ? "logs" : "spans";

    /// <summary>A sentence, with a space before it, for whoever names what is no built-in field of the records but may be meant for one; else nothing.</summary>
    public static string Hint(FieldName field)
    {
        if (field.Place != FieldPlace.Any)
        {
            return "";
        }

        foreach (SearchSignal signal in new[] { SearchSignal.Logs, SearchSignal.Spans })
        {
            if (Of(signal).Contains(field.Name))
            {
                return ElsewhereHint(field, signal);
            }
        }

        string[] all = [.. Logs.Union(Spans)];
        string? meant = FieldSynonyms.Of(field.Name).FirstOrDefault(all.Contains) ?? (NearestName.Find(field.Name, all, 1) is [string nearest] ? nearest : null);
        return meant is null ? "" : $" {field.Name} is no built-in field; did you mean {meant}?";
    }

    /// <summary>The sentence for a built-in field of the other signal.</summary>
    public static string ElsewhereHint(FieldName field, SearchSignal signal) =>
        $" {field.Name} is a field of {Word(signal)}: begin the query with {Word(signal)}.";
}
