using System.Runtime.InteropServices;
using System.Text;
using Observe.Bench.Shop;

namespace Observe.Bench.Otlp;

/// <summary>Writes an ExportTraceServiceRequest: the spans of whole traces, grouped by instance.</summary>
/// <remarks>https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/trace/v1/trace.proto</remarks>
internal sealed class SpansEncoder : IRequestEncoder
{
    private const int AttributesField = 9;

    /// <summary>More than any span takes: attributes 400, an exception 500, a link 60, the rest 150.</summary>
    private const int LargestSpan = 4096;

    private static readonly KeyValue Status = new(AttributesField, "http.response.status_code");
    private static readonly KeyValue UserId = new(AttributesField, "user.id");
    private static readonly KeyValue BodySize = new(AttributesField, "http.response.body.size");
    private static readonly KeyValue ThreadId = new(AttributesField, "thread.id");
    private static readonly KeyValue Rows = new(AttributesField, "db.response.returned_rows");

    private static readonly byte[] Exception = Event(
        "exception",
        ("exception.type", "System.TimeoutException"),
        ("exception.message", "The operation did not complete within 2000 ms."),
        ("exception.stacktrace",
            "System.TimeoutException: The operation did not complete within 2000 ms.\n"
            + "   at Shop.Http.Upstream.SendAsync(Request request) in /src/Shop/Http/Upstream.cs:line 118\n"
            + "   at Shop.Http.RetryHandler.SendAsync(Request request) in /src/Shop/Http/RetryHandler.cs:line 47\n"
            + "   at Shop.Handlers.Handle(Context context) in /src/Shop/Handlers.cs:line 201"));

    private static readonly byte[] CacheMiss = Event("cache.miss", ("cache.name", "products"), ("cache.entries", 8192));

    private static readonly byte[] LinkAttributes = KeyValue.Encode(4, ("messaging.operation.type", "receive"));

    private readonly ShopModel _model;
    private readonly TrafficClock _clock;
    private readonly ShopTraffic _traffic;
    private readonly ResourcePrefix[] _prefixes;
    private readonly byte[][] _names;
    private readonly byte[][] _databaseNames;
    private readonly byte[][] _attributes;
    private readonly byte[][] _databaseAttributes;

    public SpansEncoder(ShopModel model, TrafficClock clock)
    {
        _model = model;
        _clock = clock;
        _traffic = new ShopTraffic(model);
        _prefixes = ResourcePrefix.Of(model);
        _names = [.. model.Operations.Select(operation => Encoding.UTF8.GetBytes(operation.Name))];
        _databaseNames = [.. model.Operations.Select(operation =>
            Encoding.UTF8.GetBytes(operation.Database is null ? "" : string.Join(' ', operation.Database.Split(' ')[..2])))];
        _attributes = [.. model.Operations.Select(HttpAttributes)];
        _databaseAttributes = [.. model.Operations.Select(DatabaseAttributes)];
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

            buffer.Reserve(LargestSpan);
            int resource = buffer.Begin(0x0A, 4);
            buffer.Bytes(_prefixes[instance].Resource);
            int scope = buffer.Begin(0x12, 4);
            buffer.Bytes(_prefixes[instance].Scope);
            foreach (int index in indexes)
            {
                buffer.Reserve(LargestSpan);
                Span(buffer, in calls[index]);
            }

            buffer.End(scope, 4);
            buffer.End(resource, 4);
        }
    }

    private void Span(WireBuffer buffer, in Call call)
    {
        var values = new CallValues(in call, _model.Operations[call.Operation].Method);
        int span = buffer.Begin(0x12, 2);
        ReadOnlySpan<ulong> trace = [call.TraceHigh, call.TraceLow];
        buffer.Field(0x0A, MemoryMarshal.AsBytes(trace));
        buffer.Field(0x12, MemoryMarshal.AsBytes(new ReadOnlySpan<ulong>(in call.SpanId)));
        if (call.ParentSpanId != 0)
        {
            buffer.Field(0x22, MemoryMarshal.AsBytes(new ReadOnlySpan<ulong>(in call.ParentSpanId)));
        }

        buffer.Field(0x2A, call.IsDatabase ? _databaseNames[call.Operation] : _names[call.Operation]);
        buffer.Byte(0x30);
        buffer.Byte((byte)call.Kind);
        buffer.Byte(0x39);
        buffer.Fixed64((ulong)call.Start);
        buffer.Byte(0x41);
        buffer.Fixed64((ulong)(call.Start + call.Duration));
        Attributes(buffer, in call, in values);
        Events(buffer, in call);
        Link(buffer, in call, trace);
        if (call.Failed)
        {
            int status = buffer.Begin(0x7A, 2);
            buffer.Field(0x12, "The operation did not complete within 2000 ms."u8);
            buffer.Byte(0x18);
            buffer.Byte(2);
            buffer.End(status, 2);
        }

        buffer.Byte(0x85);
        buffer.Byte(0x01);
        buffer.Fixed32(0x101);
        buffer.End(span, 2);
    }

    private void Attributes(WireBuffer buffer, in Call call, in CallValues values)
    {
        if (call.IsDatabase)
        {
            buffer.Bytes(_databaseAttributes[call.Operation]);
            Rows.Int(buffer, values.Size % 50);
            ThreadId.Int(buffer, values.Thread);
            return;
        }

        buffer.Bytes(_attributes[call.Operation]);
        Status.Int(buffer, values.Status);
        UserId.String(buffer, CallValues.UserNames[values.User]);
        BodySize.Int(buffer, values.Size);
        ThreadId.Int(buffer, values.Thread);
    }

    /// <summary>An exception on what failed; on the rest, a cache miss in one of 16.</summary>
    private static void Events(WireBuffer buffer, in Call call)
    {
        byte[]? what = call.Failed ? Exception : (call.Detail >> 56) % 16 == 0 ? CacheMiss : null;
        if (what is null)
        {
            return;
        }

        int start = buffer.Begin(0x5A, 2);
        buffer.Byte(0x09);
        buffer.Fixed64((ulong)(call.Start + (call.Duration / 2)));
        buffer.Bytes(what);
        buffer.End(start, 2);
    }

    /// <summary>What was read from a queue names the span that put it there.</summary>
    private static void Link(WireBuffer buffer, in Call call, ReadOnlySpan<ulong> trace)
    {
        if (call.LinkedSpanId == 0)
        {
            return;
        }

        int link = buffer.Begin(0x6A, 2);
        buffer.Field(0x0A, MemoryMarshal.AsBytes(trace));
        buffer.Field(0x12, MemoryMarshal.AsBytes(new ReadOnlySpan<ulong>(in call.LinkedSpanId)));
        buffer.Bytes(LinkAttributes);
        buffer.End(link, 2);
    }

    private static byte[] HttpAttributes(Operation operation) => operation.IsMessage
        ? KeyValue.Encode(
            AttributesField,
            ("messaging.system", "rabbitmq"),
            ("messaging.destination.name", operation.Route),
            ("messaging.operation.name", operation.Method),
            ("server.address", "queue.shop.internal"),
            ("server.port", 5672))
        : KeyValue.Encode(
            AttributesField,
            ("http.request.method", operation.Method),
            ("http.route", operation.Route),
            ("server.address", operation.Service + ".shop.internal"),
            ("server.port", 8080),
            ("network.protocol.version", "1.1"));

    private static byte[] DatabaseAttributes(Operation operation)
    {
        bool redis = operation.Database?.Contains(':', StringComparison.Ordinal) ?? false;
        return KeyValue.Encode(
            AttributesField,
            ("db.system.name", redis ? "redis" : "postgresql"),
            ("db.namespace", operation.Service),
            ("db.query.text", operation.Database ?? ""),
            ("server.address", redis ? "redis.shop.internal" : "postgres.shop.internal"),
            ("server.port", redis ? 6379 : 5432));
    }

    private static byte[] Event(string name, params (string Name, object Value)[] attributes)
    {
        var buffer = new WireBuffer();
        buffer.Field(0x12, Encoding.UTF8.GetBytes(name));
        buffer.Bytes(KeyValue.Encode(3, attributes));
        return buffer.Written.ToArray();
    }
}
