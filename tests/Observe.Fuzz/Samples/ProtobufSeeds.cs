using Observe.Ingest.Otlp;
using Observe.Tests.Ingest;
using Fill = System.Action<Observe.Tests.Ingest.ProtoWriter>;

namespace Observe.Fuzz.Samples;

/// <summary>Valid protobuf requests: small ones, which run fast, and one of each signal with every field.</summary>
internal static class ProtobufSeeds
{
    private static readonly byte[] OtherTraceId = [.. Enumerable.Range(1, 16).Select(static i => (byte)i)];

    public static IEnumerable<byte[]> Of(OtlpSignal signal) => signal switch
    {
        OtlpSignal.Logs => Logs(),
        OtlpSignal.Traces => Traces(),
        _ => Metrics(),
    };

    private static IEnumerable<byte[]> Logs()
    {
        yield return OtlpSamples.Logs;
        yield return OtlpWriter.Request(OtlpWriter.Log("hello"));
        yield return OtlpWriter.Request(service: null, OtlpWriter.Log("no service"), OtlpWriter.Log("twice"));
        yield return OtlpWriter.Request([.. Enumerable.Range(0, 20).Select(static day => (Fill)(r => r.Fixed64(1, (ulong)day * 86_400_000_000_000)))]);
        foreach (Fill value in Values())
        {
            yield return OtlpWriter.Request(OtlpWriter.LogWith("key", value));
            yield return OtlpWriter.Request(record => record.Fixed64(11, OtlpWriter.Time).Sub(5, value));
        }

        yield return OtlpWriter.Request(record => record
            .Attribute(6, "a", v => v.Int(3, 1)).Attribute(6, "a#2", v => v.Int(3, 2)).Attribute(6, "a", v => v.Int(3, 3)).Attribute(6, "a", v => v.Int(3, 4)));
        yield return OtlpWriter.Request(record => record
            .Attribute(6, "a", v => v.Int(3, 1)).Attribute(6, "a", v => v.String(1, "again")).Attribute(6, "a.b", v => v.Double(4, 1)).Attribute(6, "", v => v.Varint(2, 1)));
        yield return OtlpWriter.Request(record => record
            .Varint(2, 9).String(3, "WARN").Fixed32(8, 1).Bytes(9, OtlpWriter.TraceId).Bytes(10, OtlpWriter.SpanId).String(12, "event")
            .Attribute(6, "order.id", v => v.String(1, "5b8efff798038103d269b633813fc60c")).Attribute(6, "userId", v => v.Int(3, 42)));
    }

    private static IEnumerable<byte[]> Traces()
    {
        yield return OtlpSamples.Traces;
        yield return OtlpWriter.Request(OtlpWriter.Span(OtlpWriter.TraceId, OtlpWriter.SpanId));
        yield return OtlpWriter.Request(OtlpWriter.Span(OtherTraceId, OtlpWriter.SpanId), OtlpWriter.Span(OtlpWriter.TraceId, OtlpWriter.SpanId));
        yield return OtlpWriter.Request(OtlpWriter.Span([], OtlpWriter.SpanId), OtlpWriter.Span(OtlpWriter.TraceId, new byte[8]));
        Fill span = OtlpWriter.Span(OtlpWriter.TraceId, OtlpWriter.SpanId);
        foreach (Fill value in Values())
        {
            yield return OtlpWriter.Request(s => { span(s); s.Attribute(9, "key", value); });
            yield return OtlpWriter.Request(s => { span(s); s.Sub(11, e => e.Fixed64(1, OtlpWriter.Time).String(2, "e").Attribute(3, "k", value)); });
            yield return OtlpWriter.Request(s => { span(s); s.Sub(13, l => l.Bytes(1, OtherTraceId).Bytes(2, OtlpWriter.SpanId).Attribute(4, "k", value)); });
        }

        yield return OtlpWriter.Request(s => { span(s); s.Bytes(4, OtlpWriter.SpanId).String(3, "a=b").Varint(6, 2).Sub(15, t => t.String(2, "no").Varint(3, 2)); });
    }

    private static IEnumerable<byte[]> Metrics()
    {
        yield return OtlpSamples.Metrics;
        foreach (Fill value in Values())
        {
            yield return OtlpWriter.Request(OtlpWriter.Gauge("g", p => p.Fixed64(3, OtlpWriter.Time).Double(4, 1.5).Attribute(7, "label", value)));
        }

        yield return OtlpWriter.Request(m => m.String(1, "c").String(3, "By").Sub(7, s => s.Varint(2, 2).Varint(3, 1).Sub(1, p => p
            .Fixed64(2, OtlpWriter.Time).Fixed64(3, OtlpWriter.Time).Fixed64(6, ulong.MaxValue)
            .Sub(5, e => e.Fixed64(2, OtlpWriter.Time).Double(3, 1).Bytes(4, OtlpWriter.SpanId).Bytes(5, OtlpWriter.TraceId)))));
        yield return OtlpWriter.Request(m => m.String(1, "h").Sub(9, h => h.Varint(2, 1).Sub(1, p => p
            .Fixed64(3, OtlpWriter.Time).Fixed64(4, 3).Bytes(6, new byte[16]).Bytes(7, new byte[8])).Sub(1, p => p.Fixed64(6, 1).Double(7, 2))));
        yield return OtlpWriter.Request(m => m.String(1, "e").Sub(10, h => h.Varint(2, 2).Sub(1, p => p
            .Fixed64(3, OtlpWriter.Time).Varint(6, 1).Sub(8, b => b.Varint(1, 3).Bytes(2, 1, 2, 0x80, 1)).Sub(9, b => b.Varint(2, 4)))));
        yield return OtlpWriter.Request(m => m.String(1, "s").Sub(11, s => s.Sub(1, p => p
            .Fixed64(3, OtlpWriter.Time).Fixed64(4, 2).Double(5, 3).Sub(6, q => q.Double(1, 0.5).Double(2, 2)))));
        yield return OtlpWriter.Request(m => m.String(1, "two kinds").Sub(5, g => g.Sub(1, p => p.Double(4, 1))).Sub(7, s => s.Sub(1, p => p.Double(4, 1))));
    }

    /// <summary>An attribute's value of each kind.</summary>
    private static IEnumerable<Fill> Values() =>
    [
        v => v.String(1, "text"),
        v => v.Varint(2, 1),
        v => v.Int(3, -10),
        v => v.Double(4, double.NaN),
        v => v.Bytes(7, 0, 1, 0xFF),
        _ => { },
        OtlpWriter.Array(v => v.String(1, "a"), v => v.String(1, "b")),
        OtlpWriter.Array(v => v.Int(3, 1), v => v.String(1, "a"), _ => { }),
        OtlpWriter.Array(OtlpWriter.Map(("k", v => v.Int(3, 3))), OtlpWriter.Array(v => v.Double(4, 2))),
        OtlpWriter.Map(("a", v => v.String(1, "x")), ("b", OtlpWriter.Map(("c", v => v.Int(3, 5))))),
    ];
}
