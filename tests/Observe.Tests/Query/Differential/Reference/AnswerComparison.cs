namespace Observe.Tests.Query.Differential.Reference;

/// <summary>Compares an answer with the expected one: row by row where a stage says the order, else in any order.</summary>
internal static class AnswerComparison
{
    /// <summary>What differs; null if nothing does.</summary>
    public static string? Difference(ReferencePipeline expected, List<object?[]> found)
    {
        List<object?[]> rows = [.. expected.Rows.Select(row => expected.Columns.Select(column => row.Columns[column]).ToArray())];
        if (expected.IsOrdered)
        {
            int place = Enumerable.Range(0, Math.Max(rows.Count, found.Count)).FirstOrDefault(i => i >= rows.Count || i >= found.Count || !AreSame(rows[i], found[i]), -1);
            return place < 0 ? null : $"  in row {place} of {rows.Count} is expected {Show(rows, place)}\n  and found in {found.Count} rows {Show(found, place)}\n";
        }

        // Rows are looked for only among those that agree in the columns that are compared exactly, or large answers take long.
        int[] exact = [.. Enumerable.Range(0, expected.Columns.Count).Where(i => rows.All(row => row[i] is null or string or ReferenceTime))];
        ILookup<string, object?[]> byExact = found.ToLookup(row => Key(row, exact, rows));
        var left = new HashSet<object?[]>(found);
        var missing = new List<object?[]>();
        foreach (object?[] row in rows)
        {
            if (byExact[Key(row, exact, rows)].FirstOrDefault(candidate => left.Contains(candidate) && AreSame(row, candidate)) is { } match)
            {
                left.Remove(match);
            }
            else
            {
                missing.Add(row);
            }
        }

        return missing.Count == 0 && left.Count == 0
            ? null
            : $"{Describe("not found", rows.Count, missing)}{Describe("found and not expected", found.Count, [.. left])}";
    }

    private static bool AreSame(object?[] expected, object?[] found) => expected.Zip(found).All(pair => ReferenceValue.AreSame(pair.First, pair.Second));

    private static string Key(object?[] row, int[] columns, List<object?[]> expected) => string.Join('\n', columns.Select(i =>
        row[i] is long nanoseconds && expected.Exists(other => other[i] is ReferenceTime) ? ReferencePipeline.Key(new ReferenceTime(nanoseconds)) : ReferencePipeline.Key(row[i])));

    private static string Describe(string what, int count, List<object?[]> rows) =>
        rows.Count == 0 ? "" : $"  {what}: {rows.Count} of {count}, such as {string.Join(" and ", rows.Take(3).Select(Show))}\n";

    private static string Show(List<object?[]> rows, int place) => place < rows.Count ? Show(rows[place]) : "nothing";

    private static string Show(object?[] row) => $"({string.Join(", ", row.Select(ReferenceValue.Show))})";
}
