namespace Observe.Storage.Results;

/// <summary>A ClickHouse type name, taken apart: <c>Map(String, Array(Int64))</c> is Map with two arguments.</summary>
/// <param name="Text">The whole name.</param>
/// <param name="Name">What stands before the parenthesis.</param>
/// <param name="Arguments">What stands between the parentheses, split at its own commas.</param>
internal sealed record TypeName(string Text, string Name, IReadOnlyList<string> Arguments)
{
    public static TypeName Parse(string text)
    {
        int open = text.IndexOf('(', StringComparison.Ordinal);
        if (open < 0 || text[^1] != ')')
        {
            return new(text, text, []);
        }

        return new(text, text[..open], Split(text[(open + 1)..^1]));
    }

    private static List<string> Split(string arguments)
    {
        var parts = new List<string>();
        int depth = 0;
        int start = 0;
        char quote = '\0';
        for (int i = 0; i < arguments.Length; i++)
        {
            char c = arguments[i];
            if (quote != '\0')
            {
                if (c == '\\')
                {
                    i++;
                }
                else if (c == quote)
                {
                    quote = '\0';
                }
            }
            else if (c is '\'' or '`' or '"')
            {
                quote = c;
            }
            else if (c is '(')
            {
                depth++;
            }
            else if (c is ')')
            {
                depth--;
            }
            else if (c is ',' && depth == 0)
            {
                parts.Add(arguments[start..i].Trim());
                start = i + 1;
            }
        }

        string last = arguments[start..].Trim();
        if (last.Length > 0)
        {
            parts.Add(last);
        }

        return parts;
    }
}
