using Observe.Ingest.Otlp;
using Observe.Ingest.Pipeline;
using Observe.Storage.Batches;
using Observe.Storage.Engine;
using Observe.Tests.Ingest;
using Observe.Tests.Ingest.Otlp;
using static Observe.Tests.Query.PromQL.Selection.MetricMessages;

namespace Observe.Tests.Query.PromQL.Selection;

/// <summary>Metrics of every kind, on their whole way: as OTLP through ingest's decoders into the engine.</summary>
internal static class MetricSeed
{
    public static async Task InsertAsync(IStorageEngine engine)
    {
        Attributes route = Text("http.route", "/orders");
        await InsertAsync(engine, Request(
            [("service.name", "shop"), ("service.namespace", "eu"), ("service.instance.id", "i-1"), ("host.name", "h1"), ("process.pid", "7")],
            Gauge("queue.length", "{item}", Text("queue.name", "orders"), 3, 4, 5, 6, 7, 8),
            Gauge("temperature", "Cel", None, 20, 21, 22, null, null, 25),
            Sum("http.requests", "{request}", route, isDelta: false, isMonotonic: true, 1000, 1010, 1030, 1060, 1100, 1150),
            Sum("http.requests.sent", "{request}", route, isDelta: true, isMonotonic: true, 0, 10, 20, 30, 40, 50),
            Sum("connections.open", "{connection}", None, isDelta: false, isMonotonic: false, 5, 4, 3, 2, 1, 0),
            Histogram("http.server.request.duration", "s", route, isDelta: false, 11, 12, 13, 14, 15, 16),
            Histogram("http.server.sent.duration", "s", route, isDelta: true, 1, 1, 1, 1, 1, 1),
            Exponential("payload.size", "By", route, isDelta: false, 11, 12, 13, 14, 15, 16),
            Exponential("payload.sent.size", "By", route, isDelta: true, 1, 1, 1, 1, 1, 1),
            Exponential("payload.ended.size", "By", route, isDelta: false, 1, 2, 3, null),
            Summary("gc.pause", "s", None, 1, 2, 3, 4, 5, 6),
            Gauge("labelled", "", (point, field) => point
                .Attribute(field, "int", v => v.Int(3, 5)).Attribute(field, "double", v => v.Double(4, 1.5)).Attribute(field, "flag", v => v.Varint(2, 1))
                .Attribute(field, "list", OtlpWriter.Array(v => v.String(1, "a"), v => v.String(1, "b"))), 1, 1, 1, 1, 1, 1)));
        await InsertAsync(engine, Request([("service.name", "mailer")], Gauge("queue.length", "{item}", Text("queue.name", "mails"), 1, 1, 1, 1, 1, 1)));
    }

    public static async Task InsertAsync(IStorageEngine engine, byte[] request)
    {
        SignalBatch batch = Decoded.CreateBatch(OtlpSignal.Metrics);
        batch.Decode(request, (long)Correlation.Arrivals.Base);
        batch.Finish();
        foreach (ColumnBatch table in batch.Tables)
        {
            await engine.InsertAsync(table, null, TestContext.Current.CancellationToken);
        }
    }
}
