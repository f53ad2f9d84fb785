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
        using IDisposable question = Question.Begin("fields", time, range: range);
        List<FieldInfo> fields = [.. new FieldResolver(signal, time).BuiltIn.Select(field => new FieldInfo(signal, field.Name, "column", [field.Type]))];

        var parameters = new ParameterBag();
        string sql = $"""
            SELECT toString(Source) AS SourceName, Name, groupUniqArrayIf(toString(Type), InRange) AS Types, toInt32(min(Day)) AS FirstDay, toInt32(max(Day)) AS LastDay
            FROM (SELECT *, {CatalogDays.Condition(parameters, range)} AS InRange FROM fields WHERE Signal = {parameters.Add(CatalogDays.Signal(signal))})
            GROUP BY SourceName, Name
            HAVING max(InRange)
            ORDER BY Name, SourceName
            """;
        var statement = new SqlStatement(sql, parameters.Parameters, QueryLimits.Settings);
        foreach (ResultBlock block in await engine.QueryAllAsync(statement, cancellationToken))
        {
            for (int row = 0; row < block.RowCount; row++)
            {
                AttributeTypes types = ((object?[])block["Types"].GetValue(row)!)
                    .Aggregate(AttributeTypes.None, (all, type) => all | AttributeTypeNames.Parse((string)type!));
                fields.Add(new FieldInfo(signal, block["Name"].GetString(row), block["SourceName"].GetString(row), AttributeTypeNames.Words(types))
                {
                    FirstDay = UnixDay.Date(block["FirstDay"].GetInt64(row)),
                    LastDay = UnixDay.Date(block["LastDay"].GetInt64(row)),
                });
            }
        }

        return fields;
    }
}
