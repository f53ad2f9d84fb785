using Observe.Query.Compilation;
using Observe.Query.Execution;
using Observe.Query.Time;
using Observe.Storage.Engine;

namespace Observe.Query.Search;

/// <summary>How many records the engine would hold at once, with all columns, to bring them into the order of time.</summary>
/// <remarks>
/// The tables' key begins with five minutes, so the engine sorts what lies in five minutes, and has no other way to: it would need 3 GB where 10,000
/// records come in a second.
/// </remarks>
internal sealed class SortSizes(IQueryEngine engine)
{
    /// <summary>100 MB of logs with ten attributes.</summary>
    public const int MaxRows = 150_000;

    /// <summary>The most records that five minutes of the range hold, whatever a filter leaves of them. 7 ns of CPU for each record.</summary>
    public async Task<long> MostAsync(SearchSignal signal, TimeRange range, CancellationToken cancellationToken)
    {
        var parameters = new ParameterBag();
        string table = signal == SearchSignal.Logs ? "logs" : "spans";
        string sql = $"SELECT max(Records) AS Most FROM (SELECT count() AS Records FROM {table} WHERE {SearchCompiler.TimeCondition(parameters, range, isAlone: true)} GROUP BY toStartOfFiveMinutes(Timestamp))";
        Answer answer = await engine.AskAsync(new SqlStatement(sql, parameters.Parameters, QueryLimits.Settings), DataScope.Of(signal, range), cancellationToken);
        return answer.Blocks.Count == 0 ? 0 : (long)answer.Blocks[0]["Most"].GetUInt64(0);
    }
}
