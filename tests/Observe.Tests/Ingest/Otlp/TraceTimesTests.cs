using Observe.Ingest.Otlp;
using Observe.Storage.Results;

namespace Observe.Tests.Ingest.Otlp;

public sealed class TraceTimesTests
{
    [Fact]
    public void Finish_SpansOfTwoTraces_OneRowForEachWithItsFirstAndLastStart()
    {
        byte[] other = [.. OtlpWriter.TraceId.Reverse()];
        ResultBlock rows = new Decoded(OtlpSignal.Traces)
            .Add(OtlpWriter.Request(Span(OtlpWriter.TraceId, 30), Span(other, 20), Span(OtlpWriter.TraceId, 10), Span(OtlpWriter.TraceId, 20)))
            .Finish()
            .Rows("trace_times");

        Assert.Equal(2, rows.RowCount);
        Assert.Equal(
            [(Convert.ToHexStringLower(OtlpWriter.TraceId), 10L, 30L), (Convert.ToHexStringLower(other), 20L, 20L)],
            Enumerable.Range(0, 2).Select(row =>
                (rows["TraceId"].GetString(row), rows["Start"].GetInt64(row), rows["End"].GetInt64(row))));
    }

    private static Action<ProtoWriter> Span(byte[] traceId, ulong start) => span =>
        span.Bytes(1, traceId).Bytes(2, OtlpWriter.SpanId).Fixed64(7, start).Fixed64(8, start + 5);
}
