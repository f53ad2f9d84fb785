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
/// The catalogue is asked for names that <see cref="KnownFields"/> has not, by its key: 2 to 4 ms, whatever its size. It is asked over all days, because a
/// batch of very many days notes its fields for some of them only.
/// </remarks>
internal sealed class FieldTypeReader(IQueryEngine engine, KnownFields known, TimeProvider time) : IFieldTypes
{
    public async Task<FieldTypes> GetAsync(SearchSignal signal, IReadOnlyList<FieldName> fields, TimeRange range, CancellationToken cancellationToken)
    {
        // A name that is too long is not in the catalogue, so nothing is known of it.
        var resolver = new FieldResolver(signal, time);
        List<string> names = [.. fields
            .Where(field => !resolver.IsColumn(field) && field.Name.Length <= FieldBatch.MaxNameLength)
            .Select(field => field.Name).Distinct(StringComparer.Ordinal)];
        var types = new Dictionary<(FieldSource, string), AttributeTypes>();
        var inRange = new HashSet<(FieldSource, string)>();
        foreach ((string name, KnownField field) in await FindAsync(signal, names, cancellationToken))
        {
            foreach ((FieldSource source, AttributeTypes ofSource) in field.Places())
            {
                types[(source, name)] = ofSource;
            }

            inRange.UnionWith(field.In(range).Select(source => (source, name)));
        }

        return new FieldTypes(names, types, inRange);
    }

    private async Task<IReadOnlyList<KeyValuePair<string, KnownField>>> FindAsync(SearchSignal signal, List<string> names, CancellationToken cancellationToken)
    {
        long? state = known.State;
        var found = new List<KeyValuePair<string, KnownField>>();
        var missing = new List<string>();
        foreach (string name in names)
        {
            if (known.TryGet(state, signal, name, out KnownField? field))
            {
                found.Add(new(name, field));
            }
            else
            {
                missing.Add(name);
            }
        }

        if (missing.Count > 0)
        {
            IReadOnlyDictionary<string, KnownField> read = await ReadAsync(signal, missing, cancellationToken);
            known.Keep(state, signal, read);
            found.AddRange(read);
        }

        return found;
    }

    private async Task<IReadOnlyDictionary<string, KnownField>> ReadAsync(SearchSignal signal, List<string> names, CancellationToken cancellationToken)
    {
        var parameters = new ParameterBag();
        string sql = $"""
            SELECT DISTINCT toInt8(Source) AS SourceNumber, Name, toString(Type) AS TypeName, toUInt16(Day) AS DayNumber
            FROM fields
            WHERE Signal = {parameters.Add(CatalogDays.Signal(signal))} AND Name IN (SELECT arrayJoin({parameters.Add(names)}))
            """;
        var notes = names.ToDictionary(name => name, _ => new List<KnownField.Note>(), StringComparer.Ordinal);
        foreach (ResultBlock block in await engine.QueryAllAsync(new SqlStatement(sql, parameters.Parameters, QueryLimits.Settings), cancellationToken))
        {
            for (int row = 0; row < block.RowCount; row++)
            {
                notes[block["Name"].GetString(row)].Add(new KnownField.Note(
                    (FieldSource)block["SourceNumber"].GetInt64(row), AttributeTypeNames.Parse(block["TypeName"].GetString(row)), (ushort)block["DayNumber"].GetUInt64(row)));
            }
        }

        return notes.ToDictionary(note => note.Key, note => new KnownField(note.Value), StringComparer.Ordinal);
    }
}
