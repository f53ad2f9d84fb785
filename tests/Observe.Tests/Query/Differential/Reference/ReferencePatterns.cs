using Observe.Tests.Query.Differential.Data;

namespace Observe.Tests.Query.Differential.Reference;

/// <summary>What must hold of an answer of <c>patterns</c>: which shape a text has is not computed here, but a shape must fit its texts and hold nothing that varies.</summary>
internal static class ReferencePatterns
{
    public static readonly string[] Columns = ["pattern", "count", "share", "first", "last", "example"];

    private const string Variable = "<*>";

    /// <summary>What is wrong; null if nothing is.</summary>
    public static string? Difference(IReadOnlyList<TestRecord> records, List<object?[]> found)
    {
        // A text is shortened only far above what these are long.
        var texts = records.Select(record => (Text: Text(record), record.Timestamp)).ToList();
        var patterns = found.Select(row => (Pattern: (string)row[0]!, Count: Convert.ToInt64(row[1], null), Share: (double)row[2]!, First: (long)row[3]!, Last: (long)row[4]!, Example: (string)row[5]!)).ToList();
        if (patterns.Sum(row => row.Count) != texts.Count)
        {
            return $"  {patterns.Sum(row => row.Count)} texts are counted, not {texts.Count}\n";
        }

        if (patterns.Select(row => row.Pattern).Distinct().Count() != patterns.Count)
        {
            return "  a pattern stands twice\n";
        }

        for (int i = 0; i < patterns.Count; i++)
        {
            (string pattern, long count, double share, long first, long last, string example) = patterns[i];
            var fitting = texts.Where(text => Fits(pattern, text.Text)).ToList();
            string? wrong = pattern.Replace(Variable, "", StringComparison.Ordinal).Any(char.IsAsciiDigit) ? "has digits"
                : !fitting.Exists(text => text.Text == example) ? "does not fit its example, or nobody sent it"
                : count > fitting.Count || (!pattern.Contains(Variable, StringComparison.Ordinal) && count != fitting.Count) ? $"fits {fitting.Count} texts"
                : Math.Abs(share - ((double)count / texts.Count)) > 1e-9 ? "has the wrong share"
                : !fitting.Exists(text => text.Timestamp == first) || !fitting.Exists(text => text.Timestamp == last) || first > last ? "has times that none of its texts has"
                : i > 0 && (patterns[i - 1].Count < count || (patterns[i - 1].Count == count && ReferenceText.Compare(patterns[i - 1].Pattern, pattern) > 0)) ? "stands in the wrong place"
                : null;
            if (wrong is not null)
            {
                return $"  the pattern {ReferenceValue.Show(pattern)} of {count}, such as {ReferenceValue.Show(example)}, {wrong}\n";
            }
        }

        return null;
    }

    private static string Text(TestRecord record) => ReferenceFields.Searched(record).FirstOrDefault(text => text.Length > 0) ?? "";

    /// <summary>Whether the text is the pattern with something in place of each variable. The names of members in JSON lose their quotes.</summary>
    private static bool Fits(string pattern, string text)
    {
        string[] parts = Bare(pattern).Split(Variable);
        string bare = Bare(text);
        if (parts.Length == 1)
        {
            return bare == parts[0];
        }

        if (!bare.StartsWith(parts[0], StringComparison.Ordinal) || !bare.EndsWith(parts[^1], StringComparison.Ordinal))
        {
            return false;
        }

        int place = parts[0].Length;
        foreach (string part in parts[1..^1])
        {
            int next = bare.IndexOf(part, Math.Min(place, bare.Length), StringComparison.Ordinal);
            if (next < 0)
            {
                return false;
            }

            place = next + part.Length;
        }

        return place + parts[^1].Length <= bare.Length;
    }

    private static string Bare(string text) => text.Replace("\"", "", StringComparison.Ordinal);
}
