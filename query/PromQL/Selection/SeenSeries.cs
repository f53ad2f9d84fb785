using Observe.Query.Compilation;
using Observe.Query.Execution;
using Observe.Storage.Engine;
using Observe.Storage.Results;

namespace Observe.Query.PromQL.Selection;

/// <summary>Which series were seen when.</summary>
internal sealed class SeenSeries(IQueryEngine engine)
{
    /// <summary>The series of some metrics that were seen on one of the days.</summary>
    /// <param name="metrics">Their names, as sent.</param>
    /// <param name="days">Any of them.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlySet<ulong>> OfAsync(IEnumerable<string> metrics, DayRange days, CancellationToken cancellationToken)
    {
        var parameters = new ParameterBag();
        string sql = $"""
            SELECT DISTINCT SeriesId
            FROM metric_series
            WHERE MetricName IN (SELECT arrayJoin({parameters.Add(metrics.Distinct())})) AND {days.Condition(parameters)}
            """;
        var seen = new HashSet<ulong>();
        foreach (ResultBlock block in await engine.QueryAllAsync(new SqlStatement(sql, parameters.Parameters, QueryLimits.Settings), cancellationToken))
        {
            for (int row = 0; row < block.RowCount; row++)
            {
                seen.Add(block["SeriesId"].GetUInt64(row));
            }
        }

        return seen;
    }
}
