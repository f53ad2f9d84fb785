namespace Observe.Query.Fields;

/// <summary>Joins what was counted in a sample with what the catalogue knows.</summary>
internal static class FieldUsageList
{
    /// <param name="known">The catalogue's fields, the columns first.</param>
    /// <param name="tallies">The sample.</param>
    /// <param name="withUnseen">Whether fields that no record of the sample has are listed, too.</param>
    public static IReadOnlyList<FieldUsage> Build(IReadOnlyList<FieldInfo> known, SampleTallies tallies, bool withUnseen)
    {
        Dictionary<(string, string), FieldInfo> catalog = known.ToDictionary(field => (field.Source, field.Name));
        IEnumerable<FieldUsage> columns = known.Where(field => field.Source == "column")
            .Select(field => Usage(field.Source, field.Name, field, tallies.Fields.GetValueOrDefault((field.Source, field.Name)), field.Types))
            .Where(field => field.Records > 0);
        IEnumerable<FieldUsage> seen = tallies.Fields.Where(field => field.Key.Source != "column")
            .Select(field => Usage(field.Key.Source, field.Key.Name, catalog.GetValueOrDefault(field.Key), field.Value, [.. field.Value.Types]));
        IEnumerable<FieldUsage> unseen = known.Where(field => withUnseen && field.Source != "column" && !tallies.Fields.ContainsKey((field.Source, field.Name)))
            .Select(field => Usage(field.Source, field.Name, field, null, field.Types));
        return
        [
            .. columns,
            .. seen.Concat(unseen).OrderByDescending(field => field.Records).ThenBy(field => field.Name, StringComparer.Ordinal)
                .ThenBy(field => field.Source, StringComparer.Ordinal),
        ];
    }

    private static FieldUsage Usage(string source, string name, FieldInfo? known, FieldTally? tally, IReadOnlyList<string> types) =>
        new(name, source, types, tally?.Records ?? 0, tally?.Distinct ?? 0, tally?.LastSeen, known?.FirstDay, known?.LastDay);
}
