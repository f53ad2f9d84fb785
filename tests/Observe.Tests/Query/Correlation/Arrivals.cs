using Observe.Ingest.Otlp;
using Observe.Ingest.Pipeline;
using Observe.Storage.Batches;
using Observe.Storage.Engine;
using Observe.Tests.Ingest;
using Observe.Tests.Ingest.Otlp;

namespace Observe.Tests.Query.Correlation;

/// <summary>Records on their whole way: as OTLP through ingest's decoders into the engine.</summary>
internal static class Arrivals
{
    /// <summary>2026-01-02T03:04:00Z</summary>
    public const ulong Base = 1_767_323_040_000_000_000;

    public const ulong Second = 1_000_000_000;

    public static Task LogsAsync(IStorageEngine engine, string service, params Action<ProtoWriter>[] records) => InsertAsync(engine, OtlpSignal.Logs, service, records);

    public static Task SpansAsync(IStorageEngine engine, string service, params Action<ProtoWriter>[] records) => InsertAsync(engine, OtlpSignal.Traces, service, records);

    /// <summary>A log so many seconds after <see cref="Base"/>.</summary>
    public static Action<ProtoWriter> Log(double seconds, string body, Action<ProtoWriter>? more = null, string traceId = "", string spanId = "", int severity = 9) => record =>
    {
        record.Fixed64(1, Base + (ulong)(seconds * Second)).Varint(2, (ulong)severity).Sub(5, v => v.String(1, body));
        record.Bytes(9, Convert.FromHexString(traceId)).Bytes(10, Convert.FromHexString(spanId));
        more?.Invoke(record);
    };

    /// <summary>A span that begins so many seconds after <see cref="Base"/>.</summary>
    public static Action<ProtoWriter> Span(
        double seconds, string name, string traceId, string spanId, string parentId = "", Action<ProtoWriter>? more = null, double lasts = 1, bool failed = false) => span =>
    {
        ulong start = Base + (ulong)(seconds * Second);
        span.Bytes(1, Convert.FromHexString(traceId)).Bytes(2, Convert.FromHexString(spanId)).Bytes(4, Convert.FromHexString(parentId))
            .String(5, name).Fixed64(7, start).Fixed64(8, start + (ulong)(lasts * Second));
        if (failed)
        {
            span.Sub(15, status => status.Varint(3, 2));
        }

        more?.Invoke(span);
    };

    private static async Task InsertAsync(IStorageEngine engine, OtlpSignal signal, string service, Action<ProtoWriter>[] records)
    {
        SignalBatch batch = Decoded.CreateBatch(signal);
        batch.Decode(OtlpWriter.Request(service, records), (long)Base);
        batch.Finish();
        foreach (ColumnBatch table in batch.Tables)
        {
            await engine.InsertAsync(table, null, TestContext.Current.CancellationToken);
        }
    }
}
