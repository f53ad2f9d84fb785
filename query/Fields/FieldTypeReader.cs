using Observe.Query.Compilation;
using Observe.Query.Execution;
using Observe.Query.Language;
using Observe.Query.Search;
using Observe.Query.Time;
using Observe.Storage.Batches;
using Observe.Storage.Engine;
using Observe.Storage.Results;

namespace Observe.Query.Fields;

/// <inheritdoc cref="IFieldTypes"/>
/// <remarks>
/// The catalogue is asked for the names alone, by its key: 2 ms, whatever its size. It is asked over all days, because a batch of very many days notes its
/// fields for some of them only.
/// </remarks>
internal sealed class FieldTypeReader(IQueryEngine engine) : IFieldTypes
{
    public async Task<FieldTypes> GetAsync(SearchSignal signal, IReadOnlyList<FieldName> fields, TimeRange range, CancellationToken cancellationToken)
    {
        // A name that is too long is not in the catalogue, so nothing is known of it.
        List<string> names = [.. fields.Select(field => field.Name).Where(name => name.Length <= FieldBatch.MaxNameLength).Distinct(StringComparer.Ordinal)];
        if (names.Count == 0)
        {
            return FieldTypes.Unknown;
        }

        var parameters = new ParameterBag();
        string sql = $"""
            SELECT toInt8(Source) AS SourceNumber, Name, toString(Type) AS TypeName, max({CatalogDays.Condition(parameters, range)}) AS IsInRange
            FROM fields
            WHERE Signal = {parameters.Add(CatalogDays.Signal(signal))} AND Name IN (SELECT arrayJoin({parameters.Add(names)}))
            GROUP BY SourceNumber, Name, TypeName
            """;
        var types = new Dictionary<(FieldSource, string), AttributeTypes>();
        var inRange = new HashSet<(FieldSource, string)>();
        foreach (ResultBlock block in await engine.QueryAllAsync(new SqlStatement(sql, parameters.Parameters, QueryLimits.Settings), cancellationToken))
        {
            for (int row = 0; row < block.RowCount; row++)
            {
                (FieldSource, string) key = ((FieldSource)block["SourceNumber"].GetInt64(row), block["Name"].GetString(row));
                types[key] = types.GetValueOrDefault(key) | AttributeTypeNames.Parse(block["TypeName"].GetString(row));
                if (block["IsInRange"].GetUInt64(row) != 0)
                {
                    inRange.Add(key);
                }
            }
        }

        return new FieldTypes(names, types, inRange);
    }
}
