using Observe.Query.Language;
using Observe.Query.Time;

namespace Observe.Query.Compilation.Pipeline;

/// <summary>Compiles <c>traces</c>: one row for each trace that a span belongs to, about all its spans.</summary>
internal static class TracesCompiler
{
    /// <summary>The spans of a trace may lie beside the range that the matching one lies in; so far beside they are counted.</summary>
    private const long AroundNs = 3_600_000_000_000;

    private const string NoParent = "ParentSpanId = toFixedString('', 8)";

    /// <param name="context">The query.</param>
    /// <param name="state">Rows that are spans.</param>
    /// <param name="stage">The stage, for errors.</param>
    /// <param name="most">The most traces that are needed, those of the first spans; null for all.</param>
    public static PipelineState Compile(PipelineContext context, PipelineState state, TracesStage stage, int? most)
    {
        state.Scope.Spans(stage.Span);
        PipelineRows matching = state.Rows.Settled;
        if (most is not null)
        {
            matching = matching with { Distinct = "TraceId", Limit = most };
        }

        string ids = matching.Select("TraceId") + (most is null ? "" : matching.Tail);
        string time = SearchCompiler.TimeCondition(context.Parameters, Around(context.Range));
        if (most is not null)
        {
            // The few traces that are wanted lie close together in time, and the key begins with the time.
            string times = matching.Select("Timestamp") + matching.Tail;
            string first = $"(SELECT min(Timestamp) FROM ({times})) - toIntervalSecond({AroundNs / 1_000_000_000})";
            string last = $"(SELECT max(Timestamp) FROM ({times})) + toIntervalSecond({AroundNs / 1_000_000_000})";
            time += $" AND Timestamp >= {first} AND Timestamp <= {last}";
        }

        string id = context.NextColumn(), start = context.NextColumn(), duration = context.NextColumn(), root = context.NextColumn(), spans = context.NextColumn();
        string errors = context.NextColumn(), services = context.NextColumn(), incomplete = context.NextColumn();
        string select = $"""
            SELECT TraceId, lower(hex(TraceId)) AS {id}, min(Timestamp) AS {start},
              max(toUnixTimestamp64Nano(Timestamp) + DurationNs) - min(toUnixTimestamp64Nano(Timestamp)) AS {duration},
              argMin((toString(ServiceName), toString(Name), toString(StatusCode)), (NOT {NoParent}, Timestamp)) AS {root},
              count() AS {spans}, countIf(StatusCode = 'error') AS {errors}, arraySort(groupUniqArray(100)(toString(ServiceName))) AS {services},
              toBool(countIf({NoParent}) = 0) AS {incomplete}
            FROM spans
            WHERE {time} AND TraceId IN ({ids})
            GROUP BY TraceId
            """;
        PipelineScope scope = new PipelineScope(null)
            .With(context.Column("trace_id", id, ValueKind.Text))
            .With(context.Column("timestamp", start, ValueKind.Time))
            .With(context.Column("duration", duration, ValueKind.Duration))
            .With(context.Column("service.name", $"{root}.1", ValueKind.Text))
            .With(context.Column("name", $"{root}.2", ValueKind.Text))
            .With(context.Column("status", $"{root}.3", ValueKind.Text))
            .With(context.Column("spans", spans, ValueKind.Number))
            .With(context.Column("errors", errors, ValueKind.Number))
            .With(context.Column("services", services, ValueKind.List))
            .With(context.Column("incomplete", incomplete, ValueKind.Bool));
        return new PipelineState(
            new PipelineRows($"({select})") { Order = $"{start} DESC, {id}" }, scope, null);
    }

    private static TimeRange Around(TimeRange range) => new(
        range.From < long.MinValue + AroundNs ? range.From : range.From - AroundNs,
        range.To > long.MaxValue - AroundNs ? range.To : range.To + AroundNs);
}
