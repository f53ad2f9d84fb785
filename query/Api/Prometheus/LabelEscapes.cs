using System.Globalization;
using System.Text;

namespace Observe.Query.Api.Prometheus;

/// <summary>Names of labels with other characters than letters, digits and underscores, as they stand in a path: <c>U__http_2e_route</c> is <c>http.route</c>.</summary>
/// <remarks>https://github.com/prometheus/proposals/blob/main/proposals/0028-utf8.md</remarks>
internal static class LabelEscapes
{
    private const string Mark = "U__";

    public static string Unescape(string name)
    {
        if (!name.StartsWith(Mark, StringComparison.Ordinal))
        {
            return name;
        }

        var text = new StringBuilder();
        for (int i = Mark.Length; i < name.Length; i++)
        {
            if (name[i] != '_')
            {
                text.Append(name[i]);
                continue;
            }

            int end = name.IndexOf('_', i + 1);
            if (end == i + 1)
            {
                text.Append('_');
            }
            else if (end > 0 && int.TryParse(name.AsSpan(i + 1, end - i - 1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int code) && Rune.IsValid(code))
            {
                text.Append(new Rune(code));
            }
            else
            {
                return name;
            }

            i = end;
        }

        return text.ToString();
    }
}
