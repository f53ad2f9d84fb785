using System.Globalization;
using Observe.Query.Compilation;
using Observe.Query.Compilation.Targets;
using Observe.Storage.Engine;

namespace Observe.Query.Fields;

/// <summary>Counts a field's values, each type for itself, so that 5 and "5" stay apart and the engine groups values in their own type.</summary>
/// <remarks>
/// One SELECT for each type, with the columns SourceNumber, TypeName, ValueText, Records and DistinctValues. The row of source 0 is of no value: its ValueText says how many of its
/// Records have the field.
/// </remarks>
internal static class ValuesStatement
{
    public static SqlStatement Compile(CompiledSearch search, FieldTarget target, string prefix, int limit)
    {
        ParameterBag parameters = search.Parameters;
        string from = $"FROM {SignalRows.From(search.Signal)} WHERE {search.Condition}";
        string bound = parameters.Add((ulong)limit);
        List<string> selects =
        [
            $"SELECT 0 AS SourceNumber, '' AS TypeName, toString(countIf({target.Exists(parameters)} OR isNotNull({target.AsValue(parameters)}))) AS ValueText, count() AS Records, toUInt64(0) AS DistinctValues {from}",
            .. target.Values(parameters).Select((source, i) => Values(i + 1, source, from, prefix.Length == 0 ? "" : parameters.Add(prefix), bound)),
        ];
        return new SqlStatement(string.Join("\nUNION ALL\n", selects), parameters.Parameters, QueryLimits.Settings);
    }

    private static string Values(int number, ValueSource source, string from, string prefix, string limit)
    {
        string typed = source.Type switch
        {
            "mixed" => $"arrayMap(e -> (dynamicType(e), ifNull(toString(e), '')), {source.Sql})",
            "any" => $"(dynamicType({source.Sql}), ifNull(CAST({source.Sql}, 'Nullable(String)'), ''))",
            _ => source.Sql,
        };
        string value = source.IsList ? $"arrayJoin(arrayDistinct({typed}))" : typed;

        // What other records refer to is counted by its key, and looked up once.
        string rows = source.Key is { } key
            ? $"""
                SELECT {(source.IsList ? "arrayJoin(Single)" : "Single")} AS V, N
                FROM (SELECT {key}, count() AS N {from} GROUP BY {key}) AS Counted
                INNER JOIN (SELECT {key}, any({(source.IsList ? $"arrayDistinct({typed})" : typed)}) AS Single FROM {source.Table} GROUP BY {key}) AS Referenced USING ({key})
                """
            : $"SELECT {value} AS V, 1 AS N {from}";
        (string type, string text) = source.Type switch
        {
            "mixed" or "any" => ("V.1", "V.2"),
            "time" => ("'time'", "toString(toUnixTimestamp64Nano(V))"),
            _ => ($"'{source.Type}'", "toString(V)"),
        };
        string exists = source.Type == "any" ? "V.1 != 'None'" : "isNotNull(V)";
        string begins = prefix.Length == 0 ? "" : $" AND startsWith(lowerUTF8(ifNull({text}, '')), lowerUTF8({prefix}))";
        return string.Create(CultureInfo.InvariantCulture, $"""
            SELECT * FROM (
              SELECT {number} AS SourceNumber, {type} AS TypeName, ifNull({text}, '') AS ValueText, toUInt64(sum(N)) AS Records, count() OVER () AS DistinctValues
              FROM ({rows})
              WHERE {exists}{begins}
              GROUP BY V
              ORDER BY Records DESC, ValueText
              LIMIT {limit})
            """);
    }
}
