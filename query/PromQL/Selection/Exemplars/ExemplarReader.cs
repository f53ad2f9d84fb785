using Observe.Query.Compilation;
using Observe.Query.Execution;
using Observe.Query.Time;
using Observe.Storage.Engine;
using Observe.Storage.Results;

namespace Observe.Query.PromQL.Selection.Exemplars;

/// <summary>Reads exemplars of series.</summary>
internal sealed class ExemplarReader(IQueryEngine engine)
{
    /// <summary>The latest exemplars.</summary>
    /// <param name="metrics">The names of the series' metrics, as sent: exemplars lie together by them.</param>
    /// <param name="series">Those that are wanted.</param>
    /// <param name="range">When they were measured.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The latest first.</returns>
    public async Task<IReadOnlyList<StoredExemplar>> ReadAsync(
        IEnumerable<string> metrics, IEnumerable<ulong> series, TimeRange range, int limit, CancellationToken cancellationToken)
    {
        var parameters = new ParameterBag();
        string from = parameters.AddTime(range.From), to = parameters.AddTime(range.To);
        string sql = $"""
            SELECT SeriesId, toUnixTimestamp64Nano(Timestamp) AS Nanoseconds, Value,
              if(TraceId = toFixedString('', 16), '', lower(hex(TraceId))) AS TraceIdText, if(SpanId = toFixedString('', 8), '', lower(hex(SpanId))) AS SpanIdText, Attributes
            FROM exemplars
            WHERE MetricName IN (SELECT arrayJoin({parameters.Add(metrics)})) AND SeriesId IN (SELECT arrayJoin({parameters.Add(series)}))
              AND Timestamp >= {from} AND Timestamp < {to}
              AND {PointTimes.InQuarters(from, to)}
              AND ValueType != 'none'
            ORDER BY Timestamp DESC
            LIMIT {parameters.Add((long)limit)}
            """;
        var settings = QueryLimits.Settings.Concat(QueryLimits.ListSettings).ToList();
        var found = new List<StoredExemplar>();
        foreach (ResultBlock block in await engine.QueryAllAsync(new SqlStatement(sql, parameters.Parameters, settings), cancellationToken))
        {
            for (int row = 0; row < block.RowCount; row++)
            {
                found.Add(new StoredExemplar(
                    block["SeriesId"].GetUInt64(row), block["Nanoseconds"].GetInt64(row), block["Value"].GetFloat64(row),
                    block["TraceIdText"].GetString(row), block["SpanIdText"].GetString(row), (IReadOnlyDictionary<string, object?>)block["Attributes"].GetValue(row)!));
            }
        }

        return found;
    }
}
