using Observe.Query.Compilation;
using Observe.Query.Search;
using Observe.Storage.Results;

namespace Observe.Query.Fields;

/// <summary>Counts the fields of sampled records, as <see cref="SampleStatement"/> selects them.</summary>
internal sealed class SampleTallies(IReadOnlyList<BuiltInField> columns)
{
    private readonly Dictionary<(string Source, string Name), FieldTally> _fields = [];
    private readonly Dictionary<ulong, (long Records, long LastSeen)> _resources = [];
    private readonly Dictionary<ulong, (long Records, long LastSeen)> _scopes = [];

    /// <summary>How many records have been counted.</summary>
    public int Records { get; private set; }

    /// <summary>The time of the oldest of them.</summary>
    public long Oldest { get; private set; } = long.MaxValue;

    public IReadOnlyDictionary<(string Source, string Name), FieldTally> Fields => _fields;

    /// <param name="block">Some of the records.</param>
    /// <param name="rows">Counts the first so many of them.</param>
    public void Add(ResultBlock block, int rows)
    {
        ResultColumn times = block["TimestampNs"];
        AddColumns(block, times, rows);
        AddReferences(block["ResourceId"], times, rows, _resources);
        AddReferences(block["ScopeId"], times, rows, _scopes);
        AddAttributes("attribute", block["Attributes"], times, rows);
        if (block.Columns.Any(column => column.Name == "BodyFields"))
        {
            AddAttributes("body", block["BodyFields"], times, rows);
        }

        for (int row = 0; row < rows; row++)
        {
            Oldest = Math.Min(Oldest, times.GetInt64(row));
        }

        Records += rows;
    }

    /// <summary>Counts what the records refer to; to be called once, when all are in.</summary>
    public async Task AddReferencesAsync(References references, CancellationToken cancellationToken)
    {
        foreach ((ulong id, ReferencedAttributes resource) in await references.Resources.GetAsync(_resources.Keys, cancellationToken))
        {
            AddReferenced("resource", resource, _resources[id]);
        }

        foreach ((ulong id, ReferencedAttributes scope) in await references.Scopes.GetAsync(_scopes.Keys, cancellationToken))
        {
            AddReferenced("scope", scope, _scopes[id]);
            if (scope.Version.Length > 0)
            {
                Tally("column", "scope.version").Add(scope.Version, _scopes[id].Records, _scopes[id].LastSeen);
            }
        }
    }

    private void AddColumns(ResultBlock block, ResultColumn times, int rows)
    {
        for (int i = 0; i < columns.Count; i++)
        {
            FieldTally tally = Tally("column", columns[i].Name);
            ResultColumn hashes = block[SampleStatement.HashColumn(i)];
            for (int row = 0; row < rows; row++)
            {
                if (hashes.GetUInt64(row) is var hash and not 0)
                {
                    tally.AddHash(hash, times.GetInt64(row));
                }
            }
        }
    }

    private void AddAttributes(string source, ResultColumn column, ResultColumn times, int rows)
    {
        for (int row = 0; row < rows; row++)
        {
            foreach ((string name, object? value) in (IReadOnlyDictionary<string, object?>)column.GetValue(row)!)
            {
                Tally(source, name).Add(value, 1, times.GetInt64(row));
            }
        }
    }

    private void AddReferenced(string source, ReferencedAttributes referenced, (long Records, long LastSeen) seen)
    {
        foreach ((string name, object? value) in referenced.Attributes)
        {
            Tally(source, name).Add(value, seen.Records, seen.LastSeen);
        }
    }

    private static void AddReferences(ResultColumn ids, ResultColumn times, int rows, Dictionary<ulong, (long Records, long LastSeen)> seen)
    {
        for (int row = 0; row < rows; row++)
        {
            ulong id = ids.GetUInt64(row);
            (long records, long lastSeen) = seen.GetValueOrDefault(id, (0, long.MinValue));
            seen[id] = (records + 1, Math.Max(lastSeen, times.GetInt64(row)));
        }
    }

    private FieldTally Tally(string source, string name)
    {
        if (!_fields.TryGetValue((source, name), out FieldTally? tally))
        {
            _fields.Add((source, name), tally = new FieldTally());
        }

        return tally;
    }
}
