using Observe.Query.Fields;
using Observe.Query.Search;

namespace Observe.Ui.Search;

/// <summary>Names and values that fit at the caret of a query.</summary>
public static class QueryCompleter
{
    private const int MaxItems = 30;

    private static readonly (string Name, string Detail)[] LogColumns =
    [
        ("severity", "column"), ("service.name", "column"), ("body", "column"), ("trace_id", "column"), ("span_id", "column"),
        ("event.name", "column"), ("scope.name", "column"), ("timestamp", "column"),
    ];

    private static readonly (string Name, string Detail)[] SpanColumns =
    [
        ("name", "column"), ("service.name", "column"), ("status", "column"), ("kind", "column"), ("duration", "column"), ("trace_id", "column"),
        ("span_id", "column"), ("parent_span_id", "column"), ("scope.name", "column"), ("timestamp", "column"),
    ];

    private static readonly (string Name, string Detail)[] MetricColumns =
    [
        ("name", "column"), ("service.name", "column"), ("type", "column"), ("unit", "column"), ("description", "column"), ("temporality", "column"),
        ("monotonic", "column"), ("last_day", "column"), ("series.id", "column"), ("scope.name", "column"),
    ];

    private static readonly Dictionary<string, string[]> MetricValues = new(StringComparer.Ordinal)
    {
        ["type"] = ["gauge", "sum", "histogram", "exponential_histogram", "summary"],
        ["temporality"] = ["cumulative", "delta", "unspecified"],
        ["monotonic"] = ["true", "false"],
    };

    private static readonly Dictionary<string, string[]> KnownValues = new(StringComparer.Ordinal)
    {
        ["severity"] = ["fatal", "error", "warn", "info", "debug", "trace"],
        ["status"] = ["error", "ok", "unset"],
        ["kind"] = ["server", "client", "internal", "producer", "consumer"],
    };

    /// <summary>What the query is about.</summary>
    public static SearchSignal SignalOf(string query) => FirstWord(query) switch
    {
        "spans" => SearchSignal.Spans,
        "metrics" => SearchSignal.Metrics,
        _ => SearchSignal.Logs,
    };

    /// <summary>The word with which a query about the signal begins.</summary>
    public static string Word(SearchSignal signal) => signal switch
    {
        SearchSignal.Spans => "spans",
        SearchSignal.Metrics => "metrics",
        _ => "logs",
    };

    /// <summary>The query asked of another signal: its first word is exchanged, the rest stays.</summary>
    public static string WithSignal(string query, SearchSignal signal)
    {
        string rest = query.TrimStart();
        string first = FirstWord(query);
        if (first is "logs" or "spans" or "metrics")
            rest = rest[first.Length..].TrimStart();

        return signal == SearchSignal.Logs ? rest : $"{Word(signal)} {rest}".TrimEnd();
    }

    public static Completion Complete(string query, int caret, IReadOnlyList<FieldInfo> fields, IReadOnlyList<string> services)
    {
        caret = Math.Clamp(caret, 0, query.Length);
        int start = WordStart(query, caret);
        string typed = query[start..caret];
        if (InsideQuotes(query, start))
            return new Completion(start, 0, []);

        string? field = FieldBefore(query, start);
        IEnumerable<CompletionItem> items = field is null ? Names(query, fields) : Values(SignalOf(query) == SearchSignal.Metrics ? MetricValues : KnownValues, field, services);
        CompletionItem[] found =
        [
            .. items
                .Where(item => item.Label.Contains(typed, StringComparison.OrdinalIgnoreCase))
                .OrderBy(item => item.Label.StartsWith(typed, StringComparison.OrdinalIgnoreCase) ? 0 : 1)
                .Take(MaxItems),
        ];
        bool complete = found.Length == 1 && found[0].Label == typed;
        return new Completion(start, caret - start, complete ? [] : found);
    }

    /// <summary>The field whose value stands at the caret, or null where a name stands.</summary>
    public static string? FieldAt(string query, int caret) => FieldBefore(query, WordStart(query, Math.Clamp(caret, 0, query.Length)));

    private static IEnumerable<CompletionItem> Names(string query, IReadOnlyList<FieldInfo> fields)
    {
        (string Name, string Detail)[] columns = SignalOf(query) switch
        {
            SearchSignal.Spans => SpanColumns,
            SearchSignal.Metrics => MetricColumns,
            _ => LogColumns,
        };
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach ((string name, string detail) in columns)
        {
            seen.Add(name);
            yield return new CompletionItem(name, name, detail);
        }

        foreach (FieldInfo field in fields)
        {
            if (seen.Add(field.Name))
                yield return new CompletionItem(field.Name, Quote(field.Name), string.Join(", ", field.Types.Prepend(field.Source)));
        }
    }

    private static IEnumerable<CompletionItem> Values(Dictionary<string, string[]> known, string field, IReadOnlyList<string> services)
    {
        if (field is "service.name" or "service")
            return services.Select(name => new CompletionItem(name, IsPlainWord(name) ? name : $"\"{name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"", "service"));

        return known.TryGetValue(field, out string[]? values) ? values.Select(value => new CompletionItem(value, value, field)) : [];
    }

    // The field whose value stands at the position: a name and an operator directly before it.
    private static string? FieldBefore(string query, int position)
    {
        int end = position;
        while (end > 0 && query[end - 1] is ' ')
            end--;

        int name = end;
        while (name > 0 && query[name - 1] is '=' or '!' or '<' or '>' or ':' or '~')
            name--;

        if (name == end)
            return null;

        while (name > 0 && query[name - 1] is ' ')
            name--;

        int start = WordStart(query, name);
        return start < name ? query[start..name] : null;
    }

    private static int WordStart(string query, int end)
    {
        int start = end;
        while (start > 0 && IsWordCharacter(query[start - 1]))
            start--;
        return start;
    }

    private static bool InsideQuotes(string query, int position)
    {
        bool inside = false;
        for (int i = 0; i < position; i++)
        {
            if (query[i] == '\\' && inside)
                i++;
            else if (query[i] == '"')
                inside = !inside;
        }

        return inside;
    }

    private static string FirstWord(string query)
    {
        ReadOnlySpan<char> text = query.AsSpan().TrimStart();
        int end = text.IndexOfAny(" \t\n|");
        return (end < 0 ? text : text[..end]).ToString();
    }

    private static string Quote(string name) => IsPlainWord(name) ? name : $"`{name}`";

    private static bool IsPlainWord(string text) => text.Length > 0 && text.All(IsWordCharacter) && char.IsAsciiLetter(text[0]);

    private static bool IsWordCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-' or '/' or '@';
}
