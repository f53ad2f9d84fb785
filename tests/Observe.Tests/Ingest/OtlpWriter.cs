namespace Observe.Tests.Ingest;

/// <summary>OTLP messages by hand.</summary>
internal static class OtlpWriter
{
    public const ulong Time = 1_544_712_660_300_000_000; // 2018-12-13
    public const ushort Day = 17_878;

    public static readonly byte[] TraceId = Convert.FromHexString("5B8EFFF798038103D269B633813FC60C");
    public static readonly byte[] SpanId = Convert.FromHexString("EEE19B7EC3C1B174");

    /// <summary>A request of any signal with one resource (service.name my.service) and one scope (my.library 1.0.0).</summary>
    public static byte[] Request(params Action<ProtoWriter>[] records) => Request("my.service", records);

    public static byte[] Request(string? service, params Action<ProtoWriter>[] records) => ProtoWriter.Message(request => request
        .Sub(1, envelope => envelope
            .Sub(1, resource =>
            {
                if (service is not null)
                {
                    resource.Attribute(1, "service.name", v => v.String(1, service));
                }
            })
            .Sub(2, scopeEnvelope =>
            {
                scopeEnvelope.Sub(1, scope => scope.String(1, "my.library").String(2, "1.0.0"));
                foreach (Action<ProtoWriter> record in records)
                {
                    scopeEnvelope.Sub(2, record);
                }
            })));

    public static ProtoWriter Attribute(this ProtoWriter writer, int field, string key, Action<ProtoWriter> value) =>
        writer.Sub(field, keyValue => keyValue.String(1, key).Sub(2, value));

    /// <summary>A log record with a body and nothing else.</summary>
    public static Action<ProtoWriter> Log(string body) => record => record.Fixed64(1, Time).Sub(5, v => v.String(1, body));

    /// <summary>A log record with one attribute.</summary>
    public static Action<ProtoWriter> LogWith(string key, Action<ProtoWriter> value) =>
        record => record.Fixed64(1, Time).Attribute(6, key, value);

    public static Action<ProtoWriter> Span(byte[] traceId, byte[] spanId) =>
        span => span.Bytes(1, traceId).Bytes(2, spanId).String(5, "work").Fixed64(7, Time).Fixed64(8, Time + 5);

    /// <summary>A gauge with one point of the current kind.</summary>
    public static Action<ProtoWriter> Gauge(string name, Action<ProtoWriter> point) =>
        metric => metric.String(1, name).String(3, "1").Sub(5, gauge => gauge.Sub(1, point));

    public static Action<ProtoWriter> Array(params Action<ProtoWriter>[] elements) => value => value.Sub(5, array =>
    {
        foreach (Action<ProtoWriter> element in elements)
        {
            array.Sub(1, element);
        }
    });

    public static Action<ProtoWriter> Map(params (string Key, Action<ProtoWriter> Value)[] entries) => value => value.Sub(6, map =>
    {
        foreach ((string key, Action<ProtoWriter> entry) in entries)
        {
            map.Attribute(1, key, entry);
        }
    });
}
