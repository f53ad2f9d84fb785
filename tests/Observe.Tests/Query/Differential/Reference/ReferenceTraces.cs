using Observe.Query.Time;
using Observe.Tests.Query.Differential.Data;

namespace Observe.Tests.Query.Differential.Reference;

/// <summary><c>traces</c>: a row for each trace that one of the spans belongs to, about all its spans up to an hour beside the time range.</summary>
internal static class ReferenceTraces
{
    private const long Hour = 3_600_000_000_000;

    public static readonly IReadOnlyDictionary<string, ReferenceKind> Kinds = new Dictionary<string, ReferenceKind>
    {
        ["trace_id"] = ReferenceKind.Text,
        ["timestamp"] = ReferenceKind.Text,
        ["duration"] = ReferenceKind.Duration,
        ["service.name"] = ReferenceKind.Text,
        ["name"] = ReferenceKind.Text,
        ["status"] = ReferenceKind.Text,
        ["spans"] = ReferenceKind.Number,
        ["errors"] = ReferenceKind.Number,
        ["services"] = ReferenceKind.Text,
        ["incomplete"] = ReferenceKind.Bool,
    };

    private static readonly string[] Statuses = ["unset", "ok", "error"];

    public static IEnumerable<ReferenceRow> Of(IEnumerable<TestRecord> matching, TimeRange range, IReadOnlyList<TestRecord> all)
    {
        var ids = matching.Select(span => span.TraceId).ToHashSet();
        return all.Where(span => ids.Contains(span.TraceId) && span.Signal == Observe.Query.Search.SearchSignal.Spans && span.Timestamp >= range.From - Hour && span.Timestamp < range.To + Hour)
            .GroupBy(span => span.TraceId).Select(trace => new ReferenceRow(null, Row(trace.Key, [.. trace])))
            .OrderByDescending(row => ((ReferenceTime)row.Columns["timestamp"]!).Nanoseconds).ThenBy(row => (string)row.Columns["trace_id"]!, StringComparer.Ordinal);
    }

    private static Dictionary<string, object?> Row(string id, TestRecord[] spans)
    {
        long start = spans.Min(span => span.Timestamp);
        TestRecord[] roots = [.. spans.Where(span => span.ParentSpanId.Length == 0)];
        TestRecord[] candidates = roots.Length > 0 ? roots : spans;
        long first = candidates.Min(span => span.Timestamp);
        TestRecord[] earliest = [.. candidates.Where(span => span.Timestamp == first)];
        return new()
        {
            ["trace_id"] = id,
            ["timestamp"] = new ReferenceTime(start),
            ["duration"] = spans.Max(span => span.Timestamp + span.DurationNs) - start,
            ["service.name"] = new OneOf([.. earliest.Select(ReferenceFields.Service)]),
            ["name"] = new OneOf([.. earliest.Select(span => span.Name)]),
            ["status"] = new OneOf([.. earliest.Select(span => Statuses[span.Status])]),
            ["spans"] = (long)spans.Length,
            ["errors"] = (long)spans.Count(span => span.Status == 2),
            ["services"] = spans.Select(ReferenceFields.Service).Distinct().Order(Comparer<string>.Create(ReferenceText.Compare)).ToArray<object?>(),
            ["incomplete"] = roots.Length == 0,
        };
    }
}
