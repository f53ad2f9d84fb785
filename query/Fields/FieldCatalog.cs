using Observe.Query.Compilation;
using Observe.Query.Execution;
using Observe.Query.Search;
using Observe.Query.Time;
using Observe.Storage.Engine;
using Observe.Storage.Results;

namespace Observe.Query.Fields;

/// <inheritdoc cref="IFieldCatalog"/>
internal sealed class FieldCatalog(IQueryEngine engine, TimeProvider time) : IFieldCatalog
{
    public async Task<IReadOnlyList<FieldInfo>> GetFieldsAsync(SearchSignal signal, TimeRange range, CancellationToken cancellationToken)
    {
        List<FieldInfo> fields = [.. new FieldResolver(signal, time).BuiltIn.Select(field => new FieldInfo(signal, field.Name, "column", [field.Type]))];

        var parameters = new ParameterBag();
        string sql = $"""
            SELECT toString(Source) AS SourceName, Name, arraySort(groupUniqArray(toString(Type))) AS Types
            FROM fields
            WHERE Signal = {parameters.Add(signal == SearchSignal.Logs ? "logs" : "spans")}
              AND Day >= toDate({parameters.AddTime(range.From)}, 'UTC') AND Day <= toDate({parameters.AddTime(range.To)}, 'UTC')
            GROUP BY SourceName, Name
            ORDER BY Name, SourceName
            """;
        var statement = new SqlStatement(sql, parameters.Parameters, QueryLimits.Settings);
        foreach (ResultBlock block in await engine.QueryAllAsync(statement, cancellationToken))
        {
            for (int row = 0; row < block.RowCount; row++)
            {
                var types = (object?[])block["Types"].GetValue(row)!;
                fields.Add(new FieldInfo(
                    signal, block["Name"].GetString(row), block["SourceName"].GetString(row), [.. types.Select(type => TypeName((string)type!)).Distinct()]));
            }
        }

        return fields;
    }

    /// <summary>From the engine's name of a type to the word that users see.</summary>
    private static string TypeName(string type) => type switch
    {
        "String" => "string",
        "Int64" => "int",
        "Float64" => "double",
        "Bool" => "bool",
        "JSON" => "map",
        "Tuple()" => "null",
        _ => type.StartsWith("Array(", StringComparison.Ordinal) ? "array" : type,
    };
}
