using Microsoft.Extensions.Options;
using Observe.Query.Compilation;
using Observe.Query.Execution;
using Observe.Query.Search;
using Observe.Query.Time;

namespace Observe.Query.Correlation;

/// <inheritdoc cref="ICorrelationService"/>
/// <remarks>
/// <code>
/// id ── IdSpellings ──1──► texts, trace ids, span ids
///                            │ 2  a span id: the trace of its span
///                            ▼
///                      IdLocator ──3──► time, service, ids of each record (narrow columns behind bloom filters, both signals at once)
///                            │              │ none: logs whose text holds it
///                            ▼              ▼
///                      TimelineReader ──4──► whole records of that stretch of time ──5──► the rest of their traces (when asked)
///                                                      │
///                                                      ▼ 6  TimelineSummary: fields, related ids, notices
/// </code>
/// Two steps, because a record is wide and most granules that a bloom filter lets through hold none; and because an id that every second record carries is
/// recognised by the first step, before anything wide is read.
/// </remarks>
internal sealed class CorrelationService(IQueryEngine engine, RecordReader records, IOptions<QueryOptions> options, TimeProvider time)
    : ICorrelationService
{
    private readonly IdLocator _locator = new(engine, options.Value);
    private readonly TimelineReader _reader = new(new IdLocator(engine, options.Value), records);

    public async Task<CorrelationTimeline> GetAsync(CorrelationRequest request, CancellationToken cancellationToken)
    {
        long started = time.GetTimestamp();
        using IDisposable question = Question.Begin("correlate", time, request.Id, request.Range);
        var spellings = IdSpellings.Parse(request.Id);
        int limit = Math.Clamp(request.Limit, 1, QueryLimits.MaxRecords);
        var cost = new QueryCost();
        var summary = new TimelineSummary(spellings, limit);

        IReadOnlyList<string> traces = await _locator.TracesOfSpansAsync(spellings, request.Range, cancellationToken);
        var conditions = new IdConditions(spellings, request.Range, traces, request.SearchText);
        LocatedRecords[] located = await LocateAsync(conditions, summary.Related, cost, cancellationToken);
        if (located.All(signal => signal.Times.Count == 0) && !request.SearchText && IsWord(spellings.Id))
        {
            conditions = conditions with { InText = true };
            located = await LocateAsync(conditions, summary.Related, cost, cancellationToken);
            summary.IsOfText = located.Any(signal => signal.Times.Count > 0);
        }

        List<TimelineEntry> entries = await ReadAsync(located, conditions, limit, cost, cancellationToken);
        if (request.ExpandTraces)
        {
            await ExpandAsync(entries, conditions, limit, summary, cost, cancellationToken);
        }

        entries.Sort(Compare);
        long? approximate = await ApproximateAsync(located, conditions, cancellationToken);
        return summary.Complete(entries, located, approximate, cost.Total(time.GetElapsedTime(started)));
    }

    /// <summary>Whether a text is long enough to be looked for in the text of every log: shorter ones are parts of anything.</summary>
    private static bool IsWord(string id) => TextPattern.IndexedWords(id, isPrefix: false).Any(word => word.Length >= 4);

    private async Task<LocatedRecords[]> LocateAsync(
        IdConditions conditions, RelatedIds related, QueryCost cost, CancellationToken cancellationToken)
    {
        LocatedRecords[] located = await Task.WhenAll(
            _locator.LocateAsync(SearchSignal.Spans, conditions, related, cancellationToken),
            _locator.LocateAsync(SearchSignal.Logs, conditions, related, cancellationToken));
        foreach (LocatedRecords signal in located)
        {
            cost.Add(signal.Statistics);
        }

        return located;
    }

    private async Task<List<TimelineEntry>> ReadAsync(
        LocatedRecords[] located, IdConditions conditions, int limit, QueryCost cost, CancellationToken cancellationToken)
    {
        IReadOnlyList<TimedRecord>[] read = await Task.WhenAll(
            located.Select(signal => _reader.LatestAsync(signal, conditions, limit, cost, cancellationToken)));
        var entries = read.SelectMany(signal => signal).Select(record => new TimelineEntry(record, IsExpanded: false)).ToList();
        entries.Sort(Compare);
        entries.RemoveRange(0, Math.Max(entries.Count - limit, 0));
        return entries;
    }

    private async Task ExpandAsync(
        List<TimelineEntry> entries, IdConditions conditions, int limit, TimelineSummary summary, QueryCost cost, CancellationToken cancellationToken)
    {
        string[] traceIds = [.. entries.Select(entry => entry.Record.TraceId).Where(id => id.Length > 0).Distinct()];
        summary.IsExpansionCut = traceIds.Length > CorrelationLimits.MaxTraces;
        int room = limit - entries.Count;
        if (traceIds.Length == 0)
        {
            return;
        }

        if (room == 0)
        {
            summary.IsExpansionCut = true;
            return;
        }

        // The latest traces, as the timeline has the latest records.
        string[] latest = traceIds[Math.Max(traceIds.Length - CorrelationLimits.MaxTraces, 0)..];
        var range = new TimeRange(
            Math.Max(entries[0].Record.Timestamp - CorrelationLimits.TraceBeforeNs, 0),
            entries[^1].Record.Timestamp > long.MaxValue - CorrelationLimits.TraceAfterNs ? long.MaxValue : entries[^1].Record.Timestamp + CorrelationLimits.TraceAfterNs);
        IReadOnlyList<TimedRecord>[] read = await Task.WhenAll(
            _reader.OfTracesAsync(SearchSignal.Spans, latest, conditions, range, room + 1, cost, cancellationToken),
            _reader.OfTracesAsync(SearchSignal.Logs, latest, conditions, range, room + 1, cost, cancellationToken));
        var expanded = read.SelectMany(signal => signal).Select(record => new TimelineEntry(record, IsExpanded: true)).ToList();
        expanded.Sort(Compare);
        summary.IsExpansionCut |= expanded.Count > room;
        entries.AddRange(expanded.Take(room));
    }

    private async Task<long?> ApproximateAsync(LocatedRecords[] located, IdConditions conditions, CancellationToken cancellationToken)
    {
        if (!located.Any(signal => signal.IsCut || signal.IsTimedOut))
        {
            return null;
        }

        long sum = 0;
        foreach (LocatedRecords signal in located)
        {
            sum += signal.IsCut || signal.IsTimedOut
                ? Math.Max(signal.Times.Count, await _locator.EstimateAsync(signal.Signal, conditions, cancellationToken))
                : signal.Times.Count;
        }

        return sum;
    }

    /// <summary>By time; at the same time spans come first, the one that lasts longer before what it holds.</summary>
    private static int Compare(TimelineEntry a, TimelineEntry b)
    {
        int byTime = a.Record.Timestamp.CompareTo(b.Record.Timestamp);
        if (byTime != 0)
        {
            return byTime;
        }

        return (a.Record, b.Record) switch
        {
            (SpanRecord x, SpanRecord y) => y.DurationNs != x.DurationNs ? y.DurationNs.CompareTo(x.DurationNs) : string.CompareOrdinal(x.SpanId, y.SpanId),
            (SpanRecord, _) => -1,
            (_, SpanRecord) => 1,
            _ => 0,
        };
    }
}
