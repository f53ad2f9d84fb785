using Observe.Query.Time;
using Observe.Storage.Batches;
using Observe.Storage.Engine;

namespace Observe.Tests.Query.Seeds;

/// <summary>The records that the tests of this room ask for, in the tables as ingestion would write them.</summary>
internal static class Seed
{
    public const long Second = 1_000_000_000;

    /// <summary>2026-01-02T03:04:00Z; record n lies n seconds later.</summary>
    public const long Base = 1_767_323_040 * Second;

    public const string TraceId = "4bf92f3577b34da6a3ce929d0e0e4736";
    public const string LogOnlyTraceId = "00000000000000000000000000000abc";
    public const string SpanId = "00f067aa0ba902b7";

    private const ushort Day = 20_455;

    public static TimeRange Range => new(Base, Base + (3600 * Second));

    public static async Task InsertAsync(IStorageEngine engine, CancellationToken cancellationToken)
    {
        foreach (ColumnBatch batch in new ColumnBatch[] { Logs(), Spans(), TraceTimes(), Resources(), Scopes(), Fields() })
        {
            await engine.InsertAsync(batch, null, cancellationToken);
        }
    }

    private static LogBatch Logs()
    {
        var logs = new LogBatch();
        Log(logs, 1, "Payment timed out for user", 17, "ERROR", "checkout", resource: 1, traceId: TraceId, spanId: SpanId, ids: ["order-77"],
            attributes: [("user.id", "u1"), ("http.status", 500L), ("duration_ms", 1200.5), ("flag", true), ("tags", new[] { "red", "dark blue" })]);
        Log(logs, 2, "payment ok", 9, "INFO", "checkout", resource: 1,
            attributes: [("user.id", "u2"), ("http.status", "500"), ("duration_ms", 30L), ("path", "/api/orders/5"), ("flag", "true"), ("codes", new[] { 4L, 5L })]);
        Log(logs, 3, "Cache time-out, retry", 13, "WARN", "cart", resource: 2,
            attributes: [("http.status", 200.0), ("duration_ms", "250"), ("path", "/api/users"), ("percent", "50%"), ("flag", false)]);
        Log(logs, 4, "{\"code\":7,\"msg\":\"STRASSE Öffnet\"}", 0, "Critical", "cart", resource: 2, bodyType: BodyType.Map,
            bodyFields: [("msg", "STRASSE Öffnet"), ("code", 7L)], ids: ["4bf92f3577b34da6a3ce929d0e0e4736"], traceId: LogOnlyTraceId,
            attributes: [("user.id", 7L)]);
        Log(logs, 5, "", 0, "", "other", resource: 3, scope: 2, bodyType: BodyType.None, eventName: "user.login",
            attributes: [("nothing", null), ("odd `key` \\ 'x'", "v"), ("http.status", 0L)]);
        return logs;
    }

    private static void Log(
        LogBatch logs, int n, string body, byte severity, string severityText, string service, ulong resource, (string, object?)[] attributes,
        ulong scope = 1, BodyType bodyType = BodyType.String, (string, object?)[]? bodyFields = null, string traceId = "", string spanId = "",
        string eventName = "", string[]? ids = null)
    {
        logs.Timestamp.Append(Base + (n * Second));
        logs.ObservedTimestamp.Append(n == 1 ? Base + 123 : 0);
        logs.TraceId.Append(Convert.FromHexString(traceId));
        logs.SpanId.Append(Convert.FromHexString(spanId));
        logs.Flags.Append((uint)n);
        logs.SeverityNumber.Append(severity);
        logs.SeverityText.Append(severityText);
        logs.EventName.Append(eventName);
        logs.ServiceName.Append(service);
        logs.ResourceId.Append(resource);
        logs.ScopeId.Append(scope);
        logs.ScopeName.Append(scope == 1 ? "lib" : "auth");
        logs.BodyType.Append((sbyte)bodyType);
        logs.Body.Append(body);
        Json.Fill(logs.BodyFields, bodyFields ?? []);
        Json.Fill(logs.Attributes, attributes);
        logs.DroppedAttributesCount.Append(n == 1 ? 3u : 0u);
        foreach (string id in ids ?? [])
        {
            logs.CorrelationIds.Elements.Append(id);
        }

        logs.CorrelationIds.EndRow();
    }

    private static SpanBatch Spans()
    {
        var spans = new SpanBatch();
        Span(spans, 1, "GET /orders", kind: 2, status: 2, "card declined", "checkout", 1, 250_000_000, SpanId, "", TraceId, [("user.id", "u1"), ("db.rows", 3L)]);
        Span(spans, 2, "SELECT orders", kind: 3, status: 0, "", "checkout", 1, 100_000_000, "00f067aa0ba902b8", SpanId, TraceId, [("db.system", "pg")]);
        Span(spans, 3, "poll queue", kind: 5, status: 1, "", "cart", 2, 2_000_000_000, "00f067aa0ba902b9", "", "000000000000000000000000000000ff", []);
        return spans;
    }

    private static TraceTimeBatch TraceTimes()
    {
        var times = new TraceTimeBatch();
        foreach ((string traceId, int first, int last) in new[] { (TraceId, 1, 2), ("000000000000000000000000000000ff", 3, 3) })
        {
            times.TraceId.Append(Convert.FromHexString(traceId));
            times.Start.Append(Base + (first * Second));
            times.End.Append(Base + (last * Second));
        }

        return times;
    }

    private static void Span(
        SpanBatch spans, int n, string name, sbyte kind, sbyte status, string message, string service, ulong resource, long duration, string spanId,
        string parent, string traceId, (string, object?)[] attributes)
    {
        spans.Timestamp.Append(Base + (n * Second));
        spans.DurationNs.Append(duration);
        spans.TraceId.Append(Convert.FromHexString(traceId));
        spans.SpanId.Append(Convert.FromHexString(spanId));
        spans.ParentSpanId.Append(Convert.FromHexString(parent));
        spans.TraceState.Append(n == 1 ? "vendor=1" : "");
        spans.Flags.Append(257);
        spans.Name.Append(name);
        spans.Kind.Append(kind);
        spans.StatusCode.Append(status);
        spans.StatusMessage.Append(message);
        spans.ServiceName.Append(service);
        spans.ResourceId.Append(resource);
        spans.ScopeId.Append(1);
        spans.ScopeName.Append("lib");
        Json.Fill(spans.Attributes, attributes);
        spans.DroppedAttributesCount.Append(0);
        if (n == 1)
        {
            spans.EventsTimestamp.Elements.Append(Base + Second + 5);
            spans.EventsName.Elements.Append("exception");
            spans.EventsAttributes.Elements.Append("{\"exception.type\":\"Declined\",\"n\":5,\"d\":5.0}");
            spans.EventsDroppedAttributesCount.Elements.Append(1);
            spans.LinksTraceId.Elements.Append(Convert.FromHexString(LogOnlyTraceId));
            spans.LinksSpanId.Elements.Append(Convert.FromHexString(SpanId));
            spans.LinksTraceState.Elements.Append("s=1");
            spans.LinksFlags.Elements.Append(1);
            spans.LinksAttributes.Elements.Append("{\"why\":\"retry\"}");
            spans.LinksDroppedAttributesCount.Elements.Append(2);
        }

        spans.EventsTimestamp.EndRow();
        spans.EventsName.EndRow();
        spans.EventsAttributes.EndRow();
        spans.EventsDroppedAttributesCount.EndRow();
        spans.DroppedEventsCount.Append(4);
        spans.LinksTraceId.EndRow();
        spans.LinksSpanId.EndRow();
        spans.LinksTraceState.EndRow();
        spans.LinksFlags.EndRow();
        spans.LinksAttributes.EndRow();
        spans.LinksDroppedAttributesCount.EndRow();
        spans.DroppedLinksCount.Append(6);
        spans.CorrelationIds.EndRow();
    }

    private static ResourceBatch Resources()
    {
        var resources = new ResourceBatch();
        Add(1, "checkout", ("service.name", "checkout"), ("host.name", "h1"), ("replicas", 3L));
        Add(2, "cart", ("service.name", "cart"), ("host.name", "h2"), ("user.id", "owner"));
        Add(3, "other", ("service.name", "other"));
        return resources;

        void Add(ulong id, string service, params (string, object?)[] attributes)
        {
            resources.Day.Append(Day);
            resources.ResourceId.Append(id);
            resources.ServiceName.Append(service);
            resources.ServiceNamespace.Append("");
            resources.SchemaUrl.Append("https://schema.example/r");
            Json.Fill(resources.Attributes, attributes);
            resources.DroppedAttributesCount.Append(7);
        }
    }

    private static ScopeBatch Scopes()
    {
        var scopes = new ScopeBatch();
        Add(1, "lib", "1.0", ("team", "core"));
        Add(2, "auth", "2.0", ("team", "login"));
        return scopes;

        void Add(ulong id, string name, string version, params (string, object?)[] attributes)
        {
            scopes.Day.Append(Day);
            scopes.ScopeId.Append(id);
            scopes.Name.Append(name);
            scopes.Version.Append(version);
            scopes.SchemaUrl.Append("https://schema.example/s");
            Json.Fill(scopes.Attributes, attributes);
            scopes.DroppedAttributesCount.Append(8);
        }
    }

    private static FieldBatch Fields()
    {
        var fields = new FieldBatch();
        LogBatch logs = Logs();
        FieldSeed.Add(fields, Day, FieldSignal.Logs, FieldSource.Attribute, logs.Attributes);
        FieldSeed.Add(fields, Day, FieldSignal.Logs, FieldSource.Body, logs.BodyFields);
        FieldSeed.Add(fields, Day, FieldSignal.Spans, FieldSource.Attribute, Spans().Attributes);
        foreach (FieldSignal signal in new[] { FieldSignal.Logs, FieldSignal.Spans })
        {
            FieldSeed.Add(fields, Day, signal, FieldSource.Resource, Resources().Attributes);
            FieldSeed.Add(fields, Day, signal, FieldSource.Scope, Scopes().Attributes);
        }

        return fields;
    }
}
