using System.Text;
using Observe.Ingest.Catalog;
using Observe.Ingest.Memory;
using Observe.Ingest.Otlp;
using Observe.Ingest.Otlp.Json;
using Observe.Ingest.Pipeline;
using Observe.Storage.Batches;
using Observe.Storage.Engine;

namespace Observe.Tests.Query.Traces;

/// <summary>Stores spans that are written as OTLP/JSON, decoded as the receiver and the pipeline do.</summary>
internal static class OtlpStore
{
    private const long ReceivedAt = 1_767_323_100_000_000_000;

    public static async Task AddSpansAsync(this IStorageEngine engine, string json)
    {
        using var protobuf = new PooledBuffer(new BudgetShare(new IngestBudget(1 << 28)), 1 << 26);
        OtlpJsonTranscoder.Transcode(OtlpSignal.Traces, Encoding.UTF8.GetBytes(json), protobuf);
        var batch = new SpanSignalBatch(new SignalCatalog(FieldSignal.Spans));
        batch.Decode(protobuf.Span, ReceivedAt);
        batch.Finish();
        foreach (ColumnBatch table in batch.Tables)
        {
            await engine.InsertAsync(table, null, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>A request with spans of several services: <see cref="SpanText"/> makes what stands in it.</summary>
    public static string Request(params (string Service, string Span)[] spans) =>
        $$"""{"resourceSpans":[{{string.Join(',', spans.Select(span => Resource(span.Service, span.Span)))}}]}""";

    private static string Resource(string service, string span) =>
        $$$"""{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"{{{service}}}"}}]},"scopeSpans":[{"scope":{"name":"lib"},"spans":[{{{span}}}]}]}""";
}
