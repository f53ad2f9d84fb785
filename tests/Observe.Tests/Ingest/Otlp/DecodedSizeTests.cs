using Observe.Ingest;
using Observe.Ingest.Otlp;
using Observe.Ingest.Pipeline;

namespace Observe.Tests.Ingest.Otlp;

/// <summary>Requests whose rows take far more memory than their bytes are refused before anything is decoded.</summary>
public sealed class DecodedSizeTests
{
    private const long MaxDecodedBytes = 256 << 10;

    private static readonly string LongText = new('x', 10_000);

    [Fact]
    public void Validate_ScopeOfManyDays_IsTooLarge() => AssertTooLarge(nameof(OtlpSignal.Logs), ProtoWriter.Message(request => request
        .Sub(1, envelope => envelope.Sub(2, scopeEnvelope =>
        {
            scopeEnvelope.Sub(1, scope => scope.String(2, "1").Attribute(3, "key", v => v.String(1, LongText)));
            for (ulong day = 0; day < 500; day++)
            {
                scopeEnvelope.Sub(2, record => record.Fixed64(1, day * 86_400_000_000_000));
            }
        }))));

    [Fact]
    public void Validate_ManyEmptyExemplars_IsTooLarge() => AssertTooLarge(nameof(OtlpSignal.Metrics), OtlpWriter.Request(OtlpWriter.Gauge("g", point =>
    {
        point.Double(4, 1);
        for (int i = 0; i < 50; i++)
        {
            point.Sub(5, exemplar => exemplar.Attribute(7, $"key.{i}", v => v.Int(3, i)));
        }

        Repeat(5_000, () => point.Bytes(5));
    })));

    [Theory]
    [InlineData(11)]
    [InlineData(13)]
    public void Validate_ManyEmptyEventsOrLinks_IsTooLarge(int field) => AssertTooLarge(nameof(OtlpSignal.Traces), OtlpWriter.Request(span =>
    {
        OtlpWriter.Span(OtlpWriter.TraceId, OtlpWriter.SpanId)(span);
        Repeat(20_000, () => span.Bytes(field));
    }));

    [Fact]
    public void Validate_ManyMapsUnderALongKey_IsTooLarge() => AssertTooLarge(nameof(OtlpSignal.Logs), OtlpWriter.Request(
        OtlpWriter.LogWith(LongText, OtlpWriter.Map([.. Enumerable.Range(0, 900).Select(i => ($"{i}", (Action<ProtoWriter>)(v => v.Int(3, i))))]))));

    private static void Repeat(int count, Action action)
    {
        for (int i = 0; i < count; i++)
        {
            action();
        }
    }

    private static void AssertTooLarge(string signal, byte[] request)
    {
        OtlpSignal kind = Enum.Parse<OtlpSignal>(signal);
        SignalBatch batch = Decoded.CreateBatch(kind);
        long before = GC.GetAllocatedBytesForCurrentThread();
        batch.Decode(request, Decoded.ReceivedAt);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(allocated > MaxDecodedBytes, $"Decoding allocates only {allocated} bytes, columns take {batch.ByteCount}; this request needs no refusal.");

        var e = Assert.Throws<IngestException>(() => OtlpValidator.Validate(kind, request, MaxDecodedBytes));
        Assert.Equal(IngestError.TooLarge, e.Failure.Error);
    }
}
