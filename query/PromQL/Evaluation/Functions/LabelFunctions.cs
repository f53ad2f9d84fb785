using System.Text;
using System.Text.RegularExpressions;
using Observe.Query.PromQL.Language;

namespace Observe.Query.PromQL.Evaluation.Functions;

/// <summary>label_replace and label_join: the same values under other labels.</summary>
internal static class LabelFunctions
{
    /// <param name="vector">The series.</param>
    /// <param name="destination">The label that is set.</param>
    /// <param name="replacement">Its value, with $1 or ${name} for groups of the expression; empty removes the label.</param>
    /// <param name="source">The label that is matched.</param>
    /// <param name="pattern">Must match the whole value; series that it does not match stay as they are.</param>
    public static VectorValue Replace(VectorValue vector, string destination, string replacement, string source, string pattern)
    {
        CheckName(destination, "label_replace");
        Regex regex = Compile(pattern);
        return SeriesSet.Of([.. vector.Series.Select(series =>
        {
            Match match = regex.Match(series.Labels[source]);
            return match.Success ? series.With(series.Labels.With(destination, Expand(replacement, match))) : series;
        })]);
    }

    /// <param name="vector">The series.</param>
    /// <param name="destination">The label that is set.</param>
    /// <param name="separator">Between the values.</param>
    /// <param name="sources">The labels whose values are joined.</param>
    public static VectorValue Join(VectorValue vector, string destination, string separator, IReadOnlyList<string> sources)
    {
        CheckName(destination, "label_join");
        return SeriesSet.Of([.. vector.Series.Select(series =>
            series.With(series.Labels.With(destination, string.Join(separator, sources.Select(source => series.Labels[source])))))]);
    }

    private static Regex Compile(string pattern)
    {
        try
        {
            return LabelPattern.Compile(pattern);
        }
        catch (ArgumentException e)
        {
            throw new PromQLEvaluationException($"The last argument of label_replace cannot be used: {e.Message}");
        }
    }

    private static void CheckName(string name, string function)
    {
        if (name.Length == 0)
        {
            throw new PromQLEvaluationException($"The second argument of {function} is the label to set; it may not be empty.");
        }
    }

    /// <summary>As Go's templates of regular expressions: $name takes as many letters, digits and underscores as follow, $$ is a dollar, a group that there is not is empty.</summary>
    private static string Expand(string template, Match match)
    {
        var text = new StringBuilder();
        for (int i = 0; i < template.Length; i++)
        {
            if (template[i] != '$')
            {
                text.Append(template[i]);
                continue;
            }

            ReadOnlySpan<char> rest = template.AsSpan(i + 1);
            bool isBraced = rest is ['{', ..];
            ReadOnlySpan<char> name = isBraced ? rest[1..] : rest;
            int length = 0;
            while (length < name.Length && (char.IsLetterOrDigit(name[length]) || name[length] == '_'))
            {
                length++;
            }

            bool isClosed = !isBraced || (length < name.Length && name[length] == '}');
            if (length == 0 || !isClosed)
            {
                text.Append('$');
                i += rest is ['$', ..] ? 1 : 0;
                continue;
            }

            text.Append(match.Groups[name[..length].ToString()].Value);
            i += length + (isBraced ? 2 : 0);
        }

        return text.ToString();
    }
}
