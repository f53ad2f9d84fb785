using System.Runtime.InteropServices;
using Observe.Bench.Shop;

namespace Observe.Bench.Otlp;

/// <summary>Writes an ExportLogsServiceRequest: one record per call, grouped by instance as a Collector would.</summary>
/// <remarks>https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/logs/v1/logs.proto</remarks>
internal sealed class LogsEncoder : IRequestEncoder
{
    private const int AttributesField = 6;

    /// <summary>More than any record takes: attributes 250, message 200, the rest 100.</summary>
    private const int LargestRecord = 2048;

    private static readonly KeyValue Status = new(AttributesField, "http.response.status_code");
    private static readonly KeyValue DurationMs = new(AttributesField, "duration_ms");
    private static readonly KeyValue UserId = new(AttributesField, "user.id");
    private static readonly KeyValue BodySize = new(AttributesField, "http.response.size");
    private static readonly KeyValue ThreadId = new(AttributesField, "thread.id");
    private static readonly KeyValue CacheHit = new(AttributesField, "cache.hit");

    private readonly ShopModel _model;
    private readonly TrafficClock _clock;
    private readonly ShopTraffic _traffic;
    private readonly MessageWriter _messages;
    private readonly ResourcePrefix[] _prefixes;
    private readonly byte[][] _fixedAttributes;

    public LogsEncoder(ShopModel model, TrafficClock clock)
    {
        _model = model;
        _clock = clock;
        _traffic = new ShopTraffic(model);
        _messages = new MessageWriter(model);
        _prefixes = ResourcePrefix.Of(model);
        _fixedAttributes = [.. model.Operations.Select(operation => KeyValue.Encode(
            AttributesField,
            ("http.request.method", operation.Method),
            ("http.route", operation.Route),
            ("url.scheme", operation.IsMessage ? "amqp" : "https")))];
    }

    public void Encode(WireBuffer buffer, long block, int count)
    {
        _traffic.Fill(block, count, _clock.StartOf(block), _clock.StartOf(block + 1));
        ReadOnlySpan<Call> calls = _traffic.Calls;
        for (int instance = 0; instance < _prefixes.Length; instance++)
        {
            ReadOnlySpan<int> indexes = _traffic.OfInstance(instance);
            if (indexes.IsEmpty)
            {
                continue;
            }

            buffer.Reserve(LargestRecord);
            int resource = buffer.Begin(0x0A, 4);
            buffer.Bytes(_prefixes[instance].Resource);
            int scope = buffer.Begin(0x12, 4);
            buffer.Bytes(_prefixes[instance].Scope);
            foreach (int index in indexes)
            {
                buffer.Reserve(LargestRecord);
                Record(buffer, in calls[index]);
            }

            buffer.End(scope, 4);
            buffer.End(resource, 4);
        }
    }

    private void Record(WireBuffer buffer, in Call call)
    {
        var values = new CallValues(in call, _model.Operations[call.Operation].Method);
        long time = call.Start + call.Duration;
        int record = buffer.Begin(0x12, 2);
        buffer.Byte(0x09);
        buffer.Fixed64((ulong)time);
        buffer.Byte(0x59);
        buffer.Fixed64((ulong)time + 40_000 + (call.Detail & 0xFFFF));
        Severity(buffer, in call);

        int body = buffer.Begin(0x2A, 2);
        int message = buffer.Begin(0x0A, 2);
        _messages.Write(buffer, in call, _model.Instances[call.Instance].Service, in values);
        buffer.End(message, 2);
        buffer.End(body, 2);

        buffer.Bytes(_fixedAttributes[call.Operation]);
        Status.Int(buffer, values.Status);
        DurationMs.Double(buffer, values.Milliseconds);
        UserId.String(buffer, CallValues.UserNames[values.User]);
        BodySize.Int(buffer, values.Size);
        ThreadId.Int(buffer, values.Thread);
        CacheHit.Bool(buffer, values.CacheHit);

        buffer.Byte(0x45);
        buffer.Fixed32(1);
        ReadOnlySpan<ulong> trace = [call.TraceHigh, call.TraceLow];
        buffer.Field(0x4A, MemoryMarshal.AsBytes(trace));
        buffer.Field(0x52, MemoryMarshal.AsBytes(new ReadOnlySpan<ulong>(in call.SpanId)));
        buffer.End(record, 2);
    }

    /// <summary>Of what goes well: 2 % trace, 14 % debug, 4 % warn, the rest info. Of what fails: 3 % is fatal.</summary>
    private static void Severity(WireBuffer buffer, in Call call)
    {
        int percent = (int)((call.Detail >> 48) % 100);
        byte number = call.Failed ? percent < 3 ? (byte)21 : (byte)17
            : percent switch { < 2 => (byte)1, < 16 => (byte)5, < 20 => (byte)13, _ => (byte)9 };
        buffer.Byte(0x10);
        buffer.Byte(number);
        buffer.Field(0x1A, number switch
        {
            1 => "TRACE"u8,
            5 => "DEBUG"u8,
            9 => "INFO"u8,
            13 => "WARN"u8,
            17 => "ERROR"u8,
            _ => "FATAL"u8,
        });
    }
}
