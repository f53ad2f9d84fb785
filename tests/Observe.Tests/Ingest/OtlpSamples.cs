using Observe.Ingest.Otlp;

namespace Observe.Tests.Ingest;

/// <summary>One request of each signal in which every field of the .proto files is set.</summary>
internal static class OtlpSamples
{
    public static byte[] Of(string signal) => signal switch
    {
        nameof(OtlpSignal.Logs) => Logs,
        nameof(OtlpSignal.Traces) => Traces,
        _ => Metrics,
    };

    public static byte[] Logs { get; } = Envelope(record => Everything(record
        .Fixed64(1, OtlpWriter.Time).Fixed64(11, OtlpWriter.Time + 1).Varint(2, 10).String(3, "Information")
        .Sub(5, OtlpWriter.Map(("type", v => v.Int(3, 0)), ("url", v => v.String(1, "https://example.com"))))
        .Varint(7, 3).Fixed32(8, 0x101).Bytes(9, OtlpWriter.TraceId).Bytes(10, OtlpWriter.SpanId).String(12, "browser.page_view"), 6));

    public static byte[] Traces { get; } = Envelope(span => Everything(
        span.Bytes(1, OtlpWriter.TraceId).Bytes(2, OtlpWriter.SpanId).String(3, "a=b").Bytes(4, 1, 2, 3, 4, 5, 6, 7, 8).Fixed32(16, 0x301)
            .String(5, "GET /").Varint(6, 2).Fixed64(7, OtlpWriter.Time).Fixed64(8, OtlpWriter.Time + 1_000)
            .Varint(10, 4)
            .Sub(11, e => Everything(e.Fixed64(1, OtlpWriter.Time + 10).String(2, "exception").Varint(4, 5), 3))
            .Varint(12, 6)
            .Sub(13, l => Everything(l.Bytes(1, OtlpWriter.TraceId).Bytes(2, 8, 7, 6, 5, 4, 3, 2, 1).String(3, "c=d").Varint(5, 7).Fixed32(6, 9), 4))
            .Varint(14, 8)
            .Sub(15, s => s.String(2, "it broke").Varint(3, 2)),
        9));

    public static byte[] Metrics { get; } = Envelope(
        m => Describe(m, "my.gauge").Sub(5, g => g.Sub(1, p => Number(p).Double(4, 1.5))),
        m => Describe(m, "my.counter").Sub(7, s => s.Sub(1, p => Number(p).Fixed64(6, 7)).Varint(2, 2).Varint(3, 1)),
        m => Describe(m, "my.histogram").Sub(9, h => h.Varint(2, 1).Sub(1, p => Everything(
            p.Fixed64(2, OtlpWriter.Time - 5).Fixed64(3, OtlpWriter.Time).Fixed64(4, 6).Double(5, 12.5)
                .Fixed64(6, 1).Bytes(6, [2, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0]).Double(7, 1).Double(7, 5)
                .Sub(8, Exemplar).Varint(10, 1).Double(11, 0.5).Double(12, 9), 9))),
        m => Describe(m, "my.exponential").Sub(10, h => h.Varint(2, 2).Sub(1, p => Everything(
            p.Fixed64(2, OtlpWriter.Time - 5).Fixed64(3, OtlpWriter.Time).Fixed64(4, 6).Double(5, 12.5).Varint(6, 5).Fixed64(7, 1)
                .Sub(8, b => b.Varint(1, 3).Bytes(2, 1, 0, 0x80, 0x01)).Sub(9, b => b.Varint(1, 2).Varint(2, 4))
                .Varint(10, 1).Sub(11, Exemplar).Double(12, 0.5).Double(13, 9).Double(14, 0.25), 1))),
        m => Describe(m, "my.summary").Sub(11, s => s.Sub(1, p => Everything(
            p.Fixed64(2, OtlpWriter.Time - 5).Fixed64(3, OtlpWriter.Time).Fixed64(4, 6).Double(5, 12.5)
                .Sub(6, q => q.Double(1, 0.5).Double(2, 2)).Sub(6, q => q.Double(1, 0.99).Double(2, 4)).Varint(8, 1), 7))));

    /// <summary>Attributes of all kinds.</summary>
    private static ProtoWriter Everything(ProtoWriter writer, int field) => writer
        .Attribute(field, "string", v => v.String(1, "some string"))
        .Attribute(field, "bool", v => v.Varint(2, 1))
        .Attribute(field, "int", v => v.Int(3, -10))
        .Attribute(field, "double", v => v.Double(4, 637.704))
        .Attribute(field, "bytes", v => v.Bytes(7, 0, 1, 0xFF))
        .Attribute(field, "empty", _ => { })
        .Attribute(field, "strings", OtlpWriter.Array(v => v.String(1, "many"), v => v.String(1, "values")))
        .Attribute(field, "ints", OtlpWriter.Array(v => v.Int(3, 1), v => v.Int(3, 2)))
        .Attribute(field, "doubles", OtlpWriter.Array(v => v.Double(4, 1), v => v.Double(4, double.NaN)))
        .Attribute(field, "bools", OtlpWriter.Array(v => v.Varint(2, 1), v => v.Varint(2, 0)))
        .Attribute(field, "none", OtlpWriter.Array())
        .Attribute(field, "mixed", OtlpWriter.Array(
            v => v.Int(3, 1), v => v.String(1, "a"), _ => { }, OtlpWriter.Array(v => v.Int(3, 2)), OtlpWriter.Map(("k", v => v.Int(3, 3)))))
        .Attribute(field, "map", OtlpWriter.Map(
            ("some.key", v => v.String(1, "x")), ("deep", OtlpWriter.Map(("er", v => v.Int(3, 5)))), ("hollow", OtlpWriter.Map())))
        .Attribute(field, "order.id", v => v.Int(3, 4711));

    private static ProtoWriter Describe(ProtoWriter metric, string name) => metric
        .String(1, name).String(2, "What it measures").String(3, "ms").Attribute(12, "origin", v => v.String(1, "test"));

    private static ProtoWriter Number(ProtoWriter point) => Everything(
        point.Fixed64(2, OtlpWriter.Time - 5).Fixed64(3, OtlpWriter.Time).Sub(5, Exemplar).Varint(8, 1), 7);

    private static void Exemplar(ProtoWriter exemplar) => Everything(
        exemplar.Fixed64(2, OtlpWriter.Time - 1).Fixed64(6, 0x7FFF_FFFF_FFFF_FFFF).Bytes(4, OtlpWriter.SpanId).Bytes(5, OtlpWriter.TraceId), 7);

    private static byte[] Envelope(params Action<ProtoWriter>[] records) => ProtoWriter.Message(request => request
        .Sub(1, envelope => envelope
            .Sub(1, resource => Everything(resource, 1).Attribute(1, "service.name", v => v.String(1, "my.service"))
                .Attribute(1, "service.namespace", v => v.String(1, "shop")).Varint(2, 2))
            .Sub(2, scopeEnvelope =>
            {
                scopeEnvelope.Sub(1, scope => Everything(scope.String(1, "my.library").String(2, "1.0.0"), 3).Varint(4, 1));
                foreach (Action<ProtoWriter> record in records)
                {
                    scopeEnvelope.Sub(2, record);
                }

                scopeEnvelope.String(3, "https://example.com/scope");
            })
            .String(3, "https://example.com/resource")));
}
