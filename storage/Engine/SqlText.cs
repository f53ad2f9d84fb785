using System.Buffers;
using System.Globalization;
using System.Text;

namespace Observe.Storage.Engine;

/// <summary>The few places where text becomes part of SQL or of a parameter: quoting and escaping, in one file.</summary>
public static class SqlText
{
    private static readonly SearchValues<char> TsvSpecial = SearchValues.Create("\\\t\n\r\0\b\f");

    /// <summary>An identifier (table, column, JSON path segment) in backticks, safe whatever it holds.</summary>
    public static string QuoteIdentifier(string name) =>
        "`" + name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("`", "\\`", StringComparison.Ordinal) + "`";

    /// <summary>A string literal in single quotes, for text that the program itself made.</summary>
    public static string QuoteString(string value) => "'" + Escape(value) + "'";

    /// <summary>Escapes as the engine's TSV parser expects; parameters of type String are parsed that way.</summary>
    internal static string EscapeTsv(string value)
    {
        if (!value.AsSpan().ContainsAny(TsvSpecial))
        {
            return value;
        }

        var text = new StringBuilder(value.Length + 8);
        foreach (char c in value)
        {
            _ = c switch
            {
                '\\' => text.Append("\\\\"),
                '\t' => text.Append("\\t"),
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\0' => text.Append("\\0"),
                '\b' => text.Append("\\b"),
                '\f' => text.Append("\\f"),
                _ => text.Append(c),
            };
        }

        return text.ToString();
    }

    /// <summary>Shortest text that reads back as the same number; the engine's words for what is not finite.</summary>
    internal static string Float64(double value) => value switch
    {
        double.PositiveInfinity => "inf",
        double.NegativeInfinity => "-inf",
        double.NaN => "nan",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };

    private static string Escape(string value) => EscapeTsv(value).Replace("'", "\\'", StringComparison.Ordinal);
}
