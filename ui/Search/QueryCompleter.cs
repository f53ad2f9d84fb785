using Observe.Query.Compilation;
using Observe.Query.Fields;
using Observe.Query.Language;
using Observe.Query.Search;

namespace Observe.Ui.Search;

/// <summary>Names and values that fit at the caret of a query.</summary>
public static class QueryCompleter
{
    private const int MaxItems = 30;

    private static readonly Dictionary<SearchSignal, IReadOnlyList<BuiltInField>> Columns =
        SignalWords.All.ToDictionary(signal => signal, signal => new FieldResolver(signal, TimeProvider.System).BuiltIn);

    /// <summary>What the query is about.</summary>
    public static SearchSignal SignalOf(string query) => SignalWords.Find(FirstWord(query)) ?? SearchSignal.Logs;

    /// <summary>The query asked of another signal: its first word is exchanged, the rest stays.</summary>
    public static string WithSignal(string query, SearchSignal signal)
    {
        string rest = query.TrimStart();
        string first = FirstWord(query);
        if (SignalWords.Find(first) is not null)
            rest = rest[first.Length..].TrimStart();

        return SignalWords.Begin(signal, rest.TrimEnd());
    }

    public static Completion Complete(string query, int caret, IReadOnlyList<FieldInfo> fields, IReadOnlyList<string> services)
    {
        caret = Math.Clamp(caret, 0, query.Length);
        int start = WordStart(query, caret);
        string typed = query[start..caret];
        if (InsideQuotes(query, start))
            return new Completion(start, 0, []);

        string? field = FieldBefore(query, start);
        IEnumerable<CompletionItem> items = field is null ? Names(query, fields) : Values(Columns[SignalOf(query)], field, services);
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
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (BuiltInField column in Columns[SignalOf(query)])
        {
            seen.Add(column.Name);
            yield return new CompletionItem(column.Name, column.Name, "column");
        }

        foreach (FieldInfo field in fields)
        {
            if (seen.Add(field.Name))
                yield return new CompletionItem(field.Name, Quote(field.Name), string.Join(", ", field.Types.Prepend(field.Source)));
        }
    }

    private static IEnumerable<CompletionItem> Values(IReadOnlyList<BuiltInField> columns, string field, IReadOnlyList<string> services)
    {
        if (field is "service.name" or "service")
            return services.Select(name => new CompletionItem(name, IsPlainWord(name) ? name : $"\"{name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"", "service"));

        return columns.FirstOrDefault(column => column.Name == field)?.Values.Select(value => new CompletionItem(value, value, field)) ?? [];
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
