using System.Globalization;
using Observe.Query.Compilation;
using Observe.Query.Execution;
using Observe.Query.Language;
using Observe.Query.Search;
using Observe.Storage.Engine;
using Observe.Storage.Results;

namespace Observe.Query.Traces;

/// <inheritdoc cref="ITraceService"/>
/// <remarks>
/// <code>
/// trace id ──1──► trace_times ──► range of its spans ──2──► spans   together with 3; how they hang together: TraceStructure
///                                        └── widened ──3──► logs       without spans: logs by their bloom filter, over all time
/// </code>
/// </remarks>
internal sealed class TraceService(IQueryEngine engine, RecordReader records, TimeProvider time) : ITraceService
{
    /// <summary>A log may be written long after its span began: by a span that runs, or by work that goes on in the background.</summary>
    private const long LogsBeforeNs = 3_600_000_000_000;
    private const long LogsAfterNs = 86_400_000_000_000;

    private static readonly TraceSummary NoSpans = new(null, null, null, null, 0, 0, [], 0, 0, 0, 0, 0);

    public async Task<Trace?> GetTraceAsync(string traceId, CancellationToken cancellationToken)
    {
        if (!HexId.TryNormalize(traceId.Trim(), HexId.TraceIdBytes, out string? id))
        {
            throw new FormatException(
                $"\"{Excerpt.Of(traceId)}\" is not a trace id: it has 32 hexadecimal digits, such as 4bf92f3577b34da6a3ce929d0e0e4736. Other ids, and traceparents, are looked for with /api/v1/correlate.");
        }

        if (HexId.IsNone(id))
        {
            throw new FormatException("A trace id of zeros stands for none: it is what loggers write where there is no trace.");
        }

        using IDisposable question = Question.Begin("trace", time, id);
        (long From, long To)? range = await SpanRangeAsync(id, cancellationToken);
        (long From, long To)? logRange = range is { } r ? (Add(r.From, -LogsBeforeNs), Add(r.To, LogsAfterNs)) : null;
        Task<IReadOnlyList<SearchRecord>> readingSpans = range is null
            ? Task.FromResult<IReadOnlyList<SearchRecord>>([])
            : ReadAsync(SearchSignal.Spans, id, range, QueryLimits.MaxTraceSpans + 1, cancellationToken);
        Task<IReadOnlyList<SearchRecord>> readingLogs = ReadAsync(SearchSignal.Logs, id, logRange, QueryLimits.MaxTraceLogs + 1, cancellationToken);
        await Task.WhenAll(readingSpans, readingLogs);
        IReadOnlyList<SearchRecord> foundSpans = await readingSpans;
        IReadOnlyList<SearchRecord> foundLogs = await readingLogs;
        if (foundSpans.Count == 0 && foundLogs.Count == 0)
        {
            return null;
        }

        var notices = new List<string>();
        IReadOnlyList<SpanRecord> spans = [.. Cut(foundSpans, QueryLimits.MaxTraceSpans, "spans", notices).Cast<SpanRecord>()];
        IReadOnlyList<LogRecord> logs = [.. Cut(foundLogs, QueryLimits.MaxTraceLogs, "logs", notices).Cast<LogRecord>()];
        TraceStructure structure = TraceStructure.Of(spans);
        TraceSummary summary = await SummarizeAsync(id, range, structure, spans, isWhole: spans.Count == foundSpans.Count, cancellationToken);
        notices.AddRange(TraceNotices.Of(summary, structure));
        return new Trace(id, summary, spans, structure.Issues, logs, notices);
    }

    private async Task<TraceSummary> SummarizeAsync(
        string id, (long From, long To)? range, TraceStructure structure, IReadOnlyList<SpanRecord> spans, bool isWhole, CancellationToken cancellationToken)
    {
        if (range is not { } bounds || spans.Count == 0)
        {
            return NoSpans;
        }

        TraceTotals totals = isWhole ? TraceTotals.Of(spans, structure) : await TraceTotalsReader.ReadAsync(engine, id, bounds, cancellationToken);
        structure.Keep(totals.MissingParents);
        return totals.Summarize(structure);
    }

    private async Task<(long From, long To)?> SpanRangeAsync(string id, CancellationToken cancellationToken)
    {
        var parameters = new ParameterBag();
        string sql = $"""
            SELECT count() AS Count, toUnixTimestamp64Nano(min(Start)) AS FirstNs, toUnixTimestamp64Nano(max(End)) AS LastNs
            FROM trace_times
            WHERE TraceId = unhex({parameters.Add(id)})
            """;
        IReadOnlyList<ResultBlock> blocks =
            await engine.QueryAllAsync(new SqlStatement(sql, parameters.Parameters, QueryLimits.Settings), cancellationToken);
        ResultBlock block = blocks[0];
        return block["Count"].GetUInt64(0) == 0 ? null : (block["FirstNs"].GetInt64(0), block["LastNs"].GetInt64(0));
    }

    private async Task<IReadOnlyList<SearchRecord>> ReadAsync(
        SearchSignal signal, string id, (long From, long To)? range, int limit, CancellationToken cancellationToken)
    {
        var parameters = new ParameterBag();
        string sql = $"""
            SELECT {RecordColumns.Of(signal)}
            FROM {(signal == SearchSignal.Logs ? "logs" : "spans")}
            WHERE {TraceCondition.Of(parameters, id, range)}
            ORDER BY Timestamp
            LIMIT {parameters.Add((ulong)limit)}
            """;
        var statement = new SqlStatement(sql, parameters.Parameters, QueryLimits.Settings);
        return (await records.ReadAsync(signal, statement, cancellationToken)).Records;
    }

    private static IEnumerable<SearchRecord> Cut(IReadOnlyList<SearchRecord> found, int limit, string what, List<string> notices)
    {
        if (found.Count <= limit)
        {
            return found;
        }

        notices.Add(string.Create(CultureInfo.InvariantCulture, $"The trace has more than {limit} {what}; these are the first."));
        return found.Take(limit);
    }

    private static long Add(long time, long offset) => offset < 0
        ? time < long.MinValue - offset ? long.MinValue : time + offset
        : time > long.MaxValue - offset ? long.MaxValue : time + offset;
}
