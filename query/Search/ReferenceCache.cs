using System.Collections.Concurrent;
using Observe.Query.Compilation;
using Observe.Query.Execution;
using Observe.Storage.Engine;
using Observe.Storage.Results;

namespace Observe.Query.Search;

/// <summary>The resources or the scopes by their ids. An id is a hash of the content, so an entry never changes.</summary>
/// <param name="table">The small table.</param>
/// <param name="key">Its id column.</param>
/// <param name="version">What stands for the version, in SQL.</param>
internal sealed class ReferenceCache(IQueryEngine engine, string table, string key, string version)
{
    /// <summary>Some thousand pods with their attributes, a few megabytes; beyond it the cache starts anew.</summary>
    private const int Capacity = 4096;

    private readonly ConcurrentDictionary<ulong, ReferencedAttributes> _known = new();

    /// <summary>An entry for every id; an id that is not stored (yet) has an empty one, which is not kept.</summary>
    public async Task<IReadOnlyDictionary<ulong, ReferencedAttributes>> GetAsync(IEnumerable<ulong> ids, CancellationToken cancellationToken)
    {
        var found = new Dictionary<ulong, ReferencedAttributes>();
        var missing = new List<ulong>();
        foreach (ulong id in ids.Distinct())
        {
            if (_known.TryGetValue(id, out ReferencedAttributes? known))
            {
                found[id] = known;
            }
            else
            {
                missing.Add(id);
                found[id] = ReferencedAttributes.Unknown;
            }
        }

        if (missing.Count > 0)
        {
            await ReadAsync(missing, found, cancellationToken);
        }

        return found;
    }

    private async Task ReadAsync(List<ulong> ids, Dictionary<ulong, ReferencedAttributes> found, CancellationToken cancellationToken)
    {
        var parameters = new ParameterBag();
        string sql = $"""
            SELECT {key} AS Id, {version} AS VersionText, SchemaUrl, Attributes, DroppedAttributesCount
            FROM {table}
            WHERE {key} IN (SELECT arrayJoin({parameters.Add(ids)}))
            LIMIT 1 BY {key}
            """;
        foreach (ResultBlock block in await engine.QueryAllAsync(new SqlStatement(sql, parameters.Parameters, QueryLimits.Settings), cancellationToken))
        {
            for (int row = 0; row < block.RowCount; row++)
            {
                ulong id = block["Id"].GetUInt64(row);
                var read = new ReferencedAttributes(
                    block["VersionText"].GetString(row),
                    block["SchemaUrl"].GetString(row),
                    (IReadOnlyDictionary<string, object?>)block["Attributes"].GetValue(row)!,
                    (uint)block["DroppedAttributesCount"].GetUInt64(row));
                found[id] = read;
                Remember(id, read);
            }
        }
    }

    private void Remember(ulong id, ReferencedAttributes read)
    {
        if (_known.Count >= Capacity)
        {
            _known.Clear();
        }

        _known[id] = read;
    }
}
