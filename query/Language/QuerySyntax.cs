using System.Text;

namespace Observe.Query.Language;

/// <summary>How names, texts and values are written so that the parser reads them back as they were.</summary>
internal static class QuerySyntax
{
    private static readonly string[] Keywords = ["and", "or", "not", "in", "logs", "spans", "metrics"];

    /// <summary>Words that after a column's name are taken for a mistake.</summary>
    private static readonly string[] Verbs = ["is", "like"];

    public static string Field(FieldName field)
    {
        string prefix = FieldName.Prefixes.FirstOrDefault(p => p.Place == field.Place).Prefix ?? "";
        return prefix + (IsBareName(field) ? field.Name : Enclose(field.Name, '`'));
    }

    /// <summary>The same within an expression, where dashes and slashes are operators and some words are literals.</summary>
    public static string ExpressionField(FieldName field)
    {
        string prefix = FieldName.Prefixes.FirstOrDefault(p => p.Place == field.Place).Prefix ?? "";
        bool isBare = IsBareName(field) && !field.Name.AsSpan().ContainsAny('-', '/')
            && !ExpressionParser.IsLiteral(prefix + field.Name) && ExpressionOperators.TryParse(prefix + field.Name) is null;
        return prefix + (isBare ? field.Name : Enclose(field.Name, '`'));
    }

    public static string Value(QueryValue value) => value.IsQuoted ? Quote(value.Text) : value.Text;

    /// <summary>A value to compare with literally: bare where that reads back as the same, else quoted.</summary>
    public static string LiteralValue(string text) => IsBareText(text) ? text : Quote(text);

    /// <summary>A text to search for, as a word where it can stand as one, else quoted.</summary>
    public static string SearchText(string text, bool isPrefix)
    {
        if (isPrefix)
        {
            return text + "*";
        }

        return IsBareText(text) && !text.StartsWith('-') && !text.Contains(':', StringComparison.Ordinal)
            && !Keywords.Concat(Verbs).Contains(text, StringComparer.OrdinalIgnoreCase)
            ? text
            : Quote(text);
    }

    public static string Quote(string text) => Enclose(text, '"');

    private static bool IsBareName(FieldName field)
    {
        // "attr.x" without a place is a name that only backticks keep from being read as x of the attributes.
        FieldName read = field.Place == FieldPlace.Any ? FieldName.FromWord(field.Name, field.Span) : field;
        return read.Place == field.Place
            && !(field.Place == FieldPlace.Scope && FieldName.IsScopeColumn("scope." + field.Name))
            && !(field.Place == FieldPlace.Any && Keywords.Append("id").Contains(field.Name, StringComparer.OrdinalIgnoreCase))
            && field.Name.Length > 0
            && (char.IsLetter(field.Name[0]) || field.Name[0] is '_' or '@')
            && field.Name.All(c => char.IsLetterOrDigit(c) || c is '_' or '@' or '.' or '-' or '/');
    }

    private static bool IsBareText(string text) =>
        text.Any(char.IsLetterOrDigit) && text.All(c => char.IsLetterOrDigit(c) || c is '_' or '.' or '-' or '/' or '@' or ':');

    private static string Enclose(string text, char mark)
    {
        var enclosed = new StringBuilder().Append(mark);
        foreach (char c in text)
        {
            _ = c switch
            {
                '\\' => enclosed.Append("\\\\"),
                '\n' => enclosed.Append("\\n"),
                '\r' => enclosed.Append("\\r"),
                '\t' => enclosed.Append("\\t"),
                _ when c == mark => enclosed.Append('\\').Append(c),
                _ => enclosed.Append(c),
            };
        }

        return enclosed.Append(mark).ToString();
    }
}
