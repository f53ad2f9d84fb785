using Observe.Ingest.Otlp;
using Observe.Ingest.Pipeline;
using Observe.Query.Time;
using Observe.Storage.Batches;
using Observe.Storage.Engine;
using Observe.Tests.Ingest;
using Observe.Tests.Ingest.Otlp;
using Observe.Tests.Query.Correlation;

namespace Observe.Tests.Query.MetricBrowser;

/// <summary>Metric series of two services and two days, as OTLP through ingest's decoders into the engine, by two processes that both write all of them.</summary>
internal static class MetricBrowserSeed
{
    private const ulong Delta = 1;
    private const ulong Cumulative = 2;
    private const int Day = 86_400;

    /// <summary>A part of 2026-01-02.</summary>
    public static TimeRange Today => new((long)Arrivals.Base, (long)(Arrivals.Base + (600 * Arrivals.Second)));

    /// <summary>From 2026-01-01 on.</summary>
    public static TimeRange BothDays => Today with { From = Today.From - (Day * (long)Arrivals.Second) };

    public static async Task InsertAsync(IStorageEngine engine)
    {
        foreach (byte[] request in (byte[][])[Shop("Requests.", -Day), Shop("Requests served.", 0), Mailer(), Shop("Requests served.", 0), Mailer()])
        {
            await InsertAsync(engine, request);
        }
    }

    /// <summary>Stores a request as a process would that has stored nothing before.</summary>
    public static async Task InsertAsync(IStorageEngine engine, byte[] request)
    {
        SignalBatch batch = Decoded.CreateBatch(OtlpSignal.Metrics);
        batch.Decode(request, (long)Arrivals.Base);
        batch.Finish();
        foreach (ColumnBatch table in batch.Tables)
        {
            await engine.InsertAsync(table, null, TestContext.Current.CancellationToken);
        }
    }

    public static byte[] Request(string service, string host, params Action<ProtoWriter>[] metrics) => ProtoWriter.Message(request => request
        .Sub(1, envelope => envelope
            .Sub(1, resource => resource.Attribute(1, "service.name", v => v.String(1, service)).Attribute(1, "host.name", v => v.String(1, host)))
            .Sub(2, scopeEnvelope =>
            {
                scopeEnvelope.Sub(1, scope => scope.String(1, $"{service}.lib").String(2, "1.0.0").Attribute(3, "team", v => v.String(1, "core")));
                foreach (Action<ProtoWriter> metric in metrics)
                {
                    scopeEnvelope.Sub(2, metric);
                }
            })));

    /// <summary>A gauge with one point.</summary>
    public static Action<ProtoWriter> Gauge(string name, string unit, int seconds, params (string Name, object Value)[] attributes) =>
        Metric(name, unit, "", 5, data => Point(data, 7, seconds, attributes));

    private static byte[] Shop(string description, int seconds) => Request(
        "shop", "h1",
        Metric("http.requests", "{request}", description, 7, data => Sum(data, Cumulative, true, seconds, ("http.route", "/cart"), ("status", 200L))),
        Metric("http.requests", "{request}", description, 7, data => Sum(data, Cumulative, true, seconds, ("http.route", "/orders"), ("status", 500L))),
        Metric("http.server.request.duration", "s", "How long requests take.", 9, data => Point(data, 9, seconds, ("http.route", "/cart")).Varint(2, Cumulative)),
        seconds < 0 ? Gauge("queue.length", "{item}", seconds) : Metric("sent", "By", "", 7, data => Sum(data, Delta, false, seconds)));

    private static byte[] Mailer() => Request(
        "mailer", "h2",
        Gauge("queue.length", "{item}", 60, ("queue", "mails")),
        Gauge("http.requests", "1", 60, ("http.route", "/cart"), ("status", "200")),
        Metric("payload/size", "By", "", 10, data => Point(data, 1, 60, []).Varint(2, Cumulative)),
        Metric("gc.pause", "s", "Pauses of the collector.", 11, data => Point(data, 7, 60, ("type", "old"))));

    private static Action<ProtoWriter> Metric(string name, string unit, string description, int kind, Action<ProtoWriter> data) => metric => metric
        .String(1, name).String(2, description).String(3, unit).Sub(kind, data).Attribute(12, "origin", v => v.String(1, "test"));

    private static void Sum(ProtoWriter data, ulong temporality, bool isMonotonic, int seconds, params (string Name, object Value)[] attributes) =>
        Point(data, 7, seconds, attributes).Varint(2, temporality).Varint(3, isMonotonic ? 1u : 0u);

    private static ProtoWriter Point(ProtoWriter data, int attributesField, int seconds, params (string Name, object Value)[] attributes) => data.Sub(1, point =>
    {
        point.Fixed64(3, Arrivals.Base + (ulong)(seconds * (long)Arrivals.Second)).Double(attributesField == 7 ? 4 : 5, 1);
        foreach ((string name, object value) in attributes)
        {
            point.Attribute(attributesField, name, v => _ = value is long number ? v.Int(3, number) : v.String(1, (string)value));
        }
    });
}
