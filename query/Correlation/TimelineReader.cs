using Observe.Query.Compilation;
using Observe.Query.Search;
using Observe.Query.Time;
using Observe.Storage.Engine;

namespace Observe.Query.Correlation;

/// <summary>Reads the records of a timeline whole, from the stretch of time in which they are known to lie.</summary>
internal sealed class TimelineReader(IdLocator locator, RecordReader records)
{
    /// <summary>The first stretch of an id that is so frequent that it is not known where its latest records lie; each further one is eight times as long.</summary>
    private const long FirstStretchNs = 300_000_000_000;
    private const int Growth = 8;

    /// <summary>The latest records that carry the id, of one signal.</summary>
    /// <param name="located">What is known of them.</param>
    /// <param name="conditions">Where the id may stand.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="cost">Takes the cost of the statements.</param>
    /// <param name="cancellationToken">Ends the statements.</param>
    public async Task<IReadOnlyList<TimedRecord>> LatestAsync(
        LocatedRecords located, IdConditions conditions, int limit, QueryCost cost, CancellationToken cancellationToken)
    {
        if (located.Times.Count == 0)
        {
            return [];
        }

        var found = new List<TimedRecord>();
        foreach (TimeRange stretch in await StretchesAsync(located, conditions, limit, cancellationToken))
        {
            found.AddRange(await ReadAsync(located.Signal, parameters => CorrelationCondition.Any(conditions.Of(located.Signal, parameters)), stretch, limit - found.Count, cost, cancellationToken));
            if (found.Count >= limit)
            {
                break;
            }
        }

        return found;
    }

    /// <summary>The latest records of traces that do not carry the id themselves.</summary>
    public Task<IReadOnlyList<TimedRecord>> OfTracesAsync(
        SearchSignal signal, IReadOnlyList<string> traceIds, IdConditions conditions, TimeRange range, int limit, QueryCost cost, CancellationToken cancellationToken) =>
        ReadAsync(
            signal,
            parameters => $"{CorrelationCondition.Is(parameters, "TraceId", traceIds).Single()} AND NOT ({CorrelationCondition.Any(conditions.Of(signal, parameters))})",
            range, limit, cost, cancellationToken);

    private async Task<IReadOnlyList<TimedRecord>> ReadAsync(
        SearchSignal signal, Func<ParameterBag, string> condition, TimeRange range, int limit, QueryCost cost, CancellationToken cancellationToken)
    {
        var parameters = new ParameterBag();
        string sql = $"""
            SELECT {RecordColumns.Of(signal)}
            FROM {IdLocator.TableOf(signal)}
            WHERE {SearchCompiler.TimeCondition(parameters, range)} AND {condition(parameters)}
            ORDER BY toStartOfFiveMinutes(Timestamp) DESC, Timestamp DESC
            LIMIT {parameters.Add((ulong)limit)}
            """;
        (IReadOnlyList<SearchRecord> read, QueryStatistics statistics) =
            await records.ReadAsync(signal, new SqlStatement(sql, parameters.Parameters, QueryLimits.Settings), cancellationToken);
        cost.Add(statistics);
        return [.. read.Cast<TimedRecord>()];
    }

    private async Task<IEnumerable<TimeRange>> StretchesAsync(
        LocatedRecords located, IdConditions conditions, int limit, CancellationToken cancellationToken)
    {
        if (!located.IsCut && !located.IsTimedOut)
        {
            long[] times = [.. located.Times.Order()];
            return [new TimeRange(times[Math.Max(times.Length - limit, 0)], times[^1] + 1)];
        }

        (_, TimeRange extent) = await locator.ExtentAsync(located.Signal, conditions.Range, cancellationToken);
        return Growing(extent);
    }

    private static IEnumerable<TimeRange> Growing(TimeRange extent)
    {
        long end = extent.To;
        for (long length = FirstStretchNs; end > extent.From; length *= Growth)
        {
            long start = length < end - extent.From ? end - length : extent.From;
            yield return new TimeRange(start, end);
            end = start;
        }
    }
}
