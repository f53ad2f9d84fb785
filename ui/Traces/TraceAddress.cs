using Observe.Query.Search;

namespace Observe.Ui.Traces;

/// <summary>Addresses of the trace page.</summary>
public static class TraceAddress
{
    public static string For(string traceId, string spanId) =>
        spanId.Length > 0 ? $"trace/{traceId}?span={spanId}" : $"trace/{traceId}";

    /// <summary>The trace of a record, at its span; null for a record without a trace.</summary>
    public static string? For(TimedRecord record) => record.TraceId.Length > 0 ? For(record.TraceId, record.SpanId) : null;
}
