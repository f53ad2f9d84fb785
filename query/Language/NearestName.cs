namespace Observe.Query.Language;

/// <summary>Finds the names that somebody may have meant.</summary>
public static class NearestName
{
    /// <summary>
    /// The names closest to <paramref name="name"/>, at most <paramref name="count"/>, none that differs in more than a third of its
    /// characters. Swapped neighbours count as one difference; case counts nothing.
    /// </summary>
    public static IReadOnlyList<string> Find(string name, IEnumerable<string> candidates, int count)
    {
        int allowed = Math.Max(1, name.Length / 3);
        return [.. candidates
            .Distinct(StringComparer.Ordinal)
            .Where(candidate => Math.Abs(candidate.Length - name.Length) <= allowed)
            .Select(candidate => (Name: candidate, Distance: Distance(name, candidate)))
            .Where(found => found.Distance <= allowed)
            .OrderBy(found => found.Distance)
            .ThenBy(found => found.Name, StringComparer.Ordinal)
            .Take(count)
            .Select(found => found.Name)];
    }

    /// <summary>Optimal string alignment: insertions, deletions, replacements and swaps of neighbours.</summary>
    private static int Distance(string a, string b)
    {
        var d = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
        {
            d[i, 0] = i;
        }

        for (int j = 0; j <= b.Length; j++)
        {
            d[0, j] = j;
        }

        for (int i = 1; i <= a.Length; i++)
        {
            for (int j = 1; j <= b.Length; j++)
            {
                int cost = Same(a[i - 1], b[j - 1]) ? 0 : 1;
                int best = Math.Min(Math.Min(d[i - 1, j] + 1, d[i, j - 1] + 1), d[i - 1, j - 1] + cost);
                bool swapped = i > 1 && j > 1 && Same(a[i - 1], b[j - 2]) && Same(a[i - 2], b[j - 1]);
                d[i, j] = swapped ? Math.Min(best, d[i - 2, j - 2] + 1) : best;
            }
        }

        return d[a.Length, b.Length];
    }

    private static bool Same(char x, char y) => char.ToLowerInvariant(x) == char.ToLowerInvariant(y);
}
