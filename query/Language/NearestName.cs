namespace Observe.Query.Language;

/// <summary>Finds the names that somebody may have meant.</summary>
public static class NearestName
{
    /// <summary>Characters of a name for which others are looked for: nobody meant a longer one, and the work grows with its square.</summary>
    private const int MostCharacters = 200;

    /// <summary>
    /// The names closest to <paramref name="name"/>, at most <paramref name="count"/>, none that differs in more than a third of its
    /// characters. Swapped neighbours count as one difference; case counts nothing.
    /// </summary>
    public static IReadOnlyList<string> Find(string name, IEnumerable<string> candidates, int count) =>
        [.. candidates
            .Distinct(StringComparer.Ordinal)
            .Select(candidate => (Name: candidate, Distance: Distance(name, candidate)))
            .Where(found => found.Distance is not null)
            .OrderBy(found => found.Distance)
            .ThenBy(found => found.Name, StringComparer.Ordinal)
            .Take(count)
            .Select(found => found.Name)];

    /// <summary>In how many characters they differ; null when these are more than a third of the name's, or it is longer than any that is looked for.</summary>
    internal static int? Distance(string name, string candidate)
    {
        int allowed = Math.Max(1, name.Length / 3);
        return name.Length <= MostCharacters && Math.Abs(candidate.Length - name.Length) <= allowed && Differences(name, candidate) is int found && found <= allowed
            ? found
            : null;
    }

    /// <summary>Optimal string alignment: insertions, deletions, replacements and swaps of neighbours.</summary>
    /// <remarks>The rows of the table are made one after the other; each is made of the two before it.</remarks>
    private static int Differences(string a, string b)
    {
        int width = b.Length + 1;
        int[] rows = new int[3 * width];
        Span<int> row = rows.AsSpan(0, width);
        Span<int> previous = rows.AsSpan(width, width);
        Span<int> beforePrevious = rows.AsSpan(2 * width);
        for (int j = 0; j <= b.Length; j++)
        {
            row[j] = j;
        }

        for (int i = 1; i <= a.Length; i++)
        {
            Span<int> free = beforePrevious;
            beforePrevious = previous;
            previous = row;
            row = free;
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int cost = Same(a[i - 1], b[j - 1]) ? 0 : 1;
                int best = Math.Min(Math.Min(previous[j] + 1, row[j - 1] + 1), previous[j - 1] + cost);
                bool swapped = i > 1 && j > 1 && Same(a[i - 1], b[j - 2]) && Same(a[i - 2], b[j - 1]);
                row[j] = swapped ? Math.Min(best, beforePrevious[j - 2] + 1) : best;
            }
        }

        return row[b.Length];
    }

    private static bool Same(char x, char y) => char.ToLowerInvariant(x) == char.ToLowerInvariant(y);
}
