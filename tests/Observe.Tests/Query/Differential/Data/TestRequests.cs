using Observe.Query.Search;
using Observe.Tests.Ingest;

namespace Observe.Tests.Query.Differential.Data;

/// <summary>Writes records as OTLP requests.</summary>
internal static class TestRequests
{
    /// <summary>One request with all records, which are of one signal.</summary>
    public static byte[] Write(IEnumerable<TestRecord> records) => ProtoWriter.Message(request =>
    {
        foreach (IGrouping<TestOrigin, TestRecord> group in records.GroupBy(record => record.Origin))
        {
            request.Sub(1, envelope => envelope
                .Sub(1, resource => Resource(resource, group.Key))
                .Sub(2, scopeEnvelope =>
                {
                    scopeEnvelope.Sub(1, scope => Attributes(scope.String(1, group.Key.ScopeName).String(2, group.Key.ScopeVersion), 3, group.Key.Scope));
                    foreach (TestRecord record in group)
                    {
                        scopeEnvelope.Sub(2, writer => Record(writer, record));
                    }
                }));
        }
    });

    private static void Resource(ProtoWriter writer, TestOrigin origin)
    {
        if (origin.Service is not null)
        {
            writer.Attribute(1, "service.name", Value(origin.Service));
        }

        Attributes(writer, 1, origin.Resource);
    }

    private static void Record(ProtoWriter writer, TestRecord record)
    {
        if (record.Signal == SearchSignal.Logs)
        {
            Log(writer, record);
        }
        else
        {
            Span(writer, record);
        }
    }

    private static void Log(ProtoWriter writer, TestRecord record)
    {
        writer.Fixed64(1, (ulong)record.Timestamp).Fixed64(11, (ulong)record.Observed).Varint(2, (ulong)record.SeverityNumber)
            .String(3, record.SeverityText).Fixed32(8, record.Number)
            .Bytes(9, Convert.FromHexString(record.TraceId)).Bytes(10, Convert.FromHexString(record.SpanId)).String(12, record.EventName);
        if (record.Body is not null)
        {
            writer.Sub(5, Value(record.Body));
        }

        Attributes(writer, 6, record.Attributes);
    }

    private static void Span(ProtoWriter writer, TestRecord record)
    {
        writer.Bytes(1, Convert.FromHexString(record.TraceId)).Bytes(2, Convert.FromHexString(record.SpanId)).String(3, record.TraceState)
            .Bytes(4, Convert.FromHexString(record.ParentSpanId)).Fixed32(16, record.Number).String(5, record.Name).Varint(6, (ulong)record.Kind)
            .Fixed64(7, (ulong)record.Timestamp).Fixed64(8, (ulong)(record.Timestamp + record.DurationNs))
            .Sub(15, status => status.String(2, record.StatusMessage).Varint(3, (ulong)record.Status));
        Attributes(writer, 9, record.Attributes);
        foreach (string name in record.Events)
        {
            writer.Sub(11, e => e.Fixed64(1, (ulong)record.Timestamp).String(2, name));
        }
    }

    private static void Attributes(ProtoWriter writer, int field, TestMap map)
    {
        foreach ((string key, object? value) in map.Entries)
        {
            writer.Attribute(field, key, Value(value));
        }
    }

    private static Action<ProtoWriter> NoValue { get; } = _ => { };

    private static Action<ProtoWriter> Value(object? value) => value switch
    {
        null => NoValue,
        string text => v => v.String(1, text),
        bool flag => v => v.Varint(2, flag ? 1ul : 0ul),
        long integer => v => v.Int(3, integer),
        double number => v => v.Double(4, number),
        byte[] bytes => v => v.Bytes(7, bytes),
        object?[] list => OtlpWriter.Array([.. list.Select(Value)]),
        TestMap map => OtlpWriter.Map([.. map.Entries.Select(entry => (entry.Key, Value(entry.Value)))]),
        _ => throw new ArgumentException($"No OTLP value for {value.GetType().Name}."),
    };
}
