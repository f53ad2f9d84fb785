using System.Globalization;
using Observe.Query.Language;
using Observe.Query.Search;
using Observe.Storage.Engine;

namespace Observe.Query.Correlation;

/// <summary>What is told about a timeline beside its records.</summary>
internal sealed class TimelineSummary(IdSpellings spellings, int limit)
{
    public RelatedIds Related { get; } = new(spellings);

    /// <summary>Whether no record carries the id, and those found have it in their text.</summary>
    public bool IsOfText { get; set; }

    /// <summary>Whether the traces have more records than found room.</summary>
    public bool IsExpansionCut { get; set; }

    public CorrelationTimeline Complete(
        IReadOnlyList<TimelineEntry> entries, IReadOnlyList<LocatedRecords> located, long? approximate, QueryStatistics statistics)
    {
        CorrelationCounts counts = Counts(located, approximate);
        return new CorrelationTimeline(
            spellings, entries, counts, Services(located, entries), Fields(entries), RelatedIds(entries), statistics, Notices(entries, counts, located));
    }

    private static CorrelationCounts Counts(IReadOnlyList<LocatedRecords> located, long? approximate)
    {
        long[] times = [.. located.SelectMany(signal => signal.Times)];
        return new CorrelationCounts(
            located.Where(signal => signal.Signal == SearchSignal.Logs).Sum(signal => signal.Times.Count),
            located.Where(signal => signal.Signal == SearchSignal.Spans).Sum(signal => signal.Times.Count),
            located.Sum(signal => signal.Services.Sum(service => service.Errors)),
            times.Length == 0 ? 0 : times.Min(),
            times.Length == 0 ? 0 : times.Max(),
            approximate is null,
            approximate);
    }

    private static IReadOnlyList<ServicePassage> Services(IReadOnlyList<LocatedRecords> located, IReadOnlyList<TimelineEntry> entries)
    {
        IEnumerable<ServicePassage> expanded = entries.Where(entry => entry.IsExpanded).Select(entry => new ServicePassage(
            entry.Record.ServiceName, entry.Record.Timestamp, entry.Record.Timestamp,
            entry.Signal == SearchSignal.Logs ? 1 : 0, entry.Signal == SearchSignal.Spans ? 1 : 0, IsError(entry.Record) ? 1 : 0));
        return
        [
            .. located.SelectMany(signal => signal.Services).Concat(expanded)
                .GroupBy(passage => passage.Name, StringComparer.Ordinal)
                .Select(group => new ServicePassage(
                    group.Key, group.Min(p => p.FirstNs), group.Max(p => p.LastNs), group.Sum(p => p.Logs), group.Sum(p => p.Spans), group.Sum(p => p.Errors)))
                .OrderBy(passage => passage.FirstNs).ThenBy(passage => passage.Name, StringComparer.Ordinal),
        ];
    }

    private static bool IsError(TimedRecord record) => record switch
    {
        SpanRecord span => span.Status == SpanStatus.Error,
        LogRecord { SeverityNumber: 0 } log => Compilation.Severity.NamesBetween(17, 24).Contains(log.SeverityText, StringComparer.OrdinalIgnoreCase),
        LogRecord log => log.SeverityNumber >= 17,
        _ => false,
    };

    private IReadOnlyList<IdField> Fields(IReadOnlyList<TimelineEntry> entries)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (TimelineEntry entry in entries.Where(entry => !entry.IsExpanded))
        {
            List<string> fields = [.. RecordIds.Of(entry.Record).Where(id => spellings.Is(id.Value)).Select(id => id.Field).Distinct()];
            if (RecordIds.StandsInText(entry.Record, spellings))
            {
                fields.Add("body");
            }

            foreach (string field in fields)
            {
                counts[field] = counts.GetValueOrDefault(field) + 1;
            }
        }

        return [.. counts.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => new IdField(pair.Key, pair.Value))];
    }

    private IReadOnlyList<RelatedId> RelatedIds(IReadOnlyList<TimelineEntry> entries)
    {
        IReadOnlyList<KeyValuePair<string, long>> frequent = Related.MostFrequent(CorrelationLimits.MaxRelated);
        var places = frequent.ToDictionary(pair => pair.Key, _ => ((string Field, string Value)?)null, StringComparer.Ordinal);
        int missing = places.Count;
        foreach ((string field, string value) in entries.TakeWhile(_ => missing > 0).SelectMany(entry => RecordIds.Of(entry.Record)))
        {
            if (IdSpellings.Canonical(value) is { } canonical && places.TryGetValue(canonical, out (string, string)? place) && place is null)
            {
                places[canonical] = (field, value);
                missing--;
            }
        }

        return [.. frequent.Select(pair => new RelatedId(places[pair.Key]?.Value ?? pair.Key, places[pair.Key]?.Field, pair.Value))];
    }

    private List<string> Notices(IReadOnlyList<TimelineEntry> entries, CorrelationCounts counts, IReadOnlyList<LocatedRecords> located)
    {
        var notices = new List<string>();
        long total = counts.Logs + counts.Spans;
        if (total == 0)
        {
            notices.Add($"No record carries {spellings.Id}. It was looked for as {string.Join(", ", spellings.Texts)}. A value that is not kept as an id is found by its field, such as field={QuerySyntax.LiteralValue(spellings.Id)}.");
        }

        if (IsOfText)
        {
            notices.Add("No record carries it as an id; these logs have it in their text.");
        }

        if (counts.Approximate is { } about)
        {
            string which = string.Join(" and ", located.Where(signal => signal.IsCut || signal.IsTimedOut).Select(signal => IdLocator.TableOf(signal.Signal)));
            notices.Add(Text(
                $"So many {which} carry it that they were not all counted: there are about {about:N0} records. Counts, services and related ids are of the first {total:N0} that were found. Give a time range (from, to) for exact ones."));
        }

        int shown = entries.Count(entry => !entry.IsExpanded);
        if (shown < total)
        {
            notices.Add(counts.IsComplete
                ? Text($"These are the latest {shown:N0} of {total:N0} records that carry it. Raise limit, or narrow the time range.")
                : Text($"These are the latest {shown:N0} records that carry it (limit {limit:N0})."));
        }

        if (IsExpansionCut)
        {
            notices.Add("The traces of these records have more records than are shown. Raise limit, narrow the time range, or open a trace by its id.");
        }

        if (Related.IsCut || Related.Count > CorrelationLimits.MaxRelated)
        {
            notices.Add(Text($"These are the {CorrelationLimits.MaxRelated} most frequent of {(Related.IsCut ? "more than " : "")}{Related.Count:N0} related ids."));
        }

        return notices;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
