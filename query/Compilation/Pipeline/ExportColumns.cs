namespace Observe.Query.Compilation.Pipeline;

/// <summary>What a record has beside its columns, in the form of one column each. Formats such as Arrow know no values whose type differs from row to row.</summary>
internal static class ExportColumns
{
    private const string Map = "mapFromArrays(JSONAllPaths(Attributes), JSONAllValues(Attributes))";

    private const string Maps = $"(SELECT ResourceId AS k, any({Map}) AS m FROM resources GROUP BY k ORDER BY k)";

    /// <summary>Maps from names to texts. Those of resources are looked up in an array that is made once for the statement.</summary>
    public static readonly IReadOnlyList<(string Name, string Sql, ValueKind Kind)> OfRecords =
    [
        ("attributes", Map, ValueKind.Json),
        (
            "resource",
            $"arrayElement((SELECT groupArray(m) FROM {Maps}), transform(ResourceId, (SELECT groupArray(k) FROM {Maps}), (SELECT range(1, count() + 1) FROM {Maps}), 0))",
            ValueKind.Json
        ),
    ];
}
