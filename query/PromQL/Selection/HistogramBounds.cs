using System.Collections.Concurrent;
using System.Collections.Immutable;
using Observe.Query.Compilation;
using Observe.Query.Execution;
using Observe.Storage.Engine;
using Observe.Storage.Results;

namespace Observe.Query.PromQL.Selection;

/// <summary>The explicit bounds of histograms by their ids. An id is a hash of the bounds, so they never change.</summary>
internal sealed class HistogramBounds(IQueryEngine engine)
{
    /// <summary>Services choose among a few sets of bounds; beyond it the cache starts anew.</summary>
    private const int Capacity = 10_000;

    private readonly ConcurrentDictionary<ulong, ImmutableArray<double>> _known = new();

    /// <summary>Bounds that were read before.</summary>
    public bool TryGet(ulong id, out ImmutableArray<double> bounds) => _known.TryGetValue(id, out bounds);

    /// <summary>The bounds of each id that is stored.</summary>
    public async Task<IReadOnlyDictionary<ulong, ImmutableArray<double>>> GetAsync(IReadOnlyCollection<ulong> ids, CancellationToken cancellationToken)
    {
        var found = new Dictionary<ulong, ImmutableArray<double>>(ids.Count);
        var missing = new List<ulong>();
        foreach (ulong id in ids)
        {
            if (_known.TryGetValue(id, out ImmutableArray<double> bounds))
            {
                found[id] = bounds;
            }
            else
            {
                missing.Add(id);
            }
        }

        if (missing.Count > 0)
        {
            await ReadAsync(missing, found, cancellationToken);
        }

        return found;
    }

    /// <summary>All bounds that any histogram had on one of the days.</summary>
    public async Task<IReadOnlySet<double>> SeenAsync(DayRange days, CancellationToken cancellationToken)
    {
        var parameters = new ParameterBag();
        string sql = $"""
            SELECT DISTINCT arrayJoin(arrayPushBack(Bounds, inf)) AS Bound
            FROM histogram_bounds
            WHERE {days.Condition(parameters)}
            """;
        IReadOnlyList<ResultBlock> blocks = await engine.QueryAllAsync(new SqlStatement(sql, parameters.Parameters, QueryLimits.Settings), cancellationToken);
        return blocks.SelectMany(block => Enumerable.Range(0, block.RowCount).Select(block["Bound"].GetFloat64)).ToHashSet();
    }

    private async Task ReadAsync(List<ulong> ids, Dictionary<ulong, ImmutableArray<double>> found, CancellationToken cancellationToken)
    {
        var parameters = new ParameterBag();
        string sql = $"""
            SELECT BoundsId, Bounds
            FROM histogram_bounds
            WHERE BoundsId IN (SELECT arrayJoin({parameters.Add(ids)}))
            LIMIT 1 BY BoundsId
            """;
        if (_known.Count + ids.Count > Capacity)
        {
            _known.Clear();
        }

        foreach (ResultBlock block in await engine.QueryAllAsync(new SqlStatement(sql, parameters.Parameters, QueryLimits.Settings), cancellationToken))
        {
            for (int row = 0; row < block.RowCount; row++)
            {
                ulong id = block["BoundsId"].GetUInt64(row);
                found[id] = _known[id] = [.. block["Bounds"].GetFloat64Array(row)];
            }
        }
    }
}
