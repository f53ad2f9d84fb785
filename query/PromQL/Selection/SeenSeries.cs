using Observe.Query.Compilation;
using Observe.Query.Execution;
using Observe.Storage.Engine;
using Observe.Storage.Results;

namespace Observe.Query.PromQL.Selection;

/// <summary>Of what series were seen, and when.</summary>
internal sealed class SeenSeries(IQueryEngine engine)
{
    /// <summary>The resources that sent metrics, day by day, in the order of days.</summary>
    public async Task<IReadOnlyList<(ushort Day, ulong Resource)>> ResourcesAsync(DayRange days, CancellationToken cancellationToken)
    {
        var parameters = new ParameterBag();
        return await ReadAsync(
            "DISTINCT toUInt16(Day) AS DayNumber, ResourceId", $"{days.Condition(parameters)} ORDER BY DayNumber", parameters,
            (block, row) => ((ushort)block["DayNumber"].GetUInt64(row), block["ResourceId"].GetUInt64(row)), cancellationToken);
    }

    /// <summary>The scopes of the series that were seen on one of the days.</summary>
    public async Task<IReadOnlyList<(ulong Id, string Name)>> ScopesAsync(DayRange days, CancellationToken cancellationToken)
    {
        var parameters = new ParameterBag();
        return await ReadAsync(
            "DISTINCT ScopeId, ScopeName", days.Condition(parameters), parameters, (block, row) => (block["ScopeId"].GetUInt64(row), block["ScopeName"].GetString(row)), cancellationToken);
    }

    private async Task<List<T>> ReadAsync<T>(string columns, string condition, ParameterBag parameters, Func<ResultBlock, int, T> read, CancellationToken cancellationToken)
    {
        string sql = $"""
            SELECT {columns}
            FROM metric_series
            WHERE {condition}
            """;
        var rows = new List<T>();
        foreach (ResultBlock block in await engine.QueryAllAsync(new SqlStatement(sql, parameters.Parameters, QueryLimits.Settings), cancellationToken))
        {
            for (int row = 0; row < block.RowCount; row++)
            {
                rows.Add(read(block, row));
            }
        }

        return rows;
    }
}
