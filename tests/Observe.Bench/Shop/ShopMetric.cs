namespace Observe.Bench.Shop;

/// <summary>A metric of the shop, and the values of the labels of which it has one series for each combination.</summary>
/// <param name="Labels">Each label's name and values.</param>
/// <param name="Scale">What a typical value is: a gauge's middle, a counter's increase per second.</param>
internal sealed record ShopMetric(
    string Name, string Unit, string Description, ShopMetricKind Kind, double Scale, params (string Name, string[] Values)[] Labels)
{
    private static readonly string[] Routes = ["/", "/products", "/products/{id}", "/search", "/carts/{id}/items", "/orders"];
    private static readonly string[] Methods = ["GET", "POST"];
    private static readonly string[] Statuses = ["200", "404", "500"];

    /// <summary>What every instance reports: 68 gauges and counters, 12 histograms, 3 exponential ones.</summary>
    public static IReadOnlyList<ShopMetric> All { get; } =
    [
        new("http.server.requests", "{request}", "Requests served", ShopMetricKind.CounterInt, 12,
            ("http.route", Routes), ("http.request.method", Methods), ("http.response.status_code", Statuses)),
        new("http.server.active_requests", "{request}", "Requests being served", ShopMetricKind.GaugeInt, 6, ("http.route", Routes)),
        new("http.server.response.bytes", "By", "Bytes sent", ShopMetricKind.CounterDouble, 48_000, ("http.route", Routes)),
        new("process.cpu.time", "s", "Processor time used", ShopMetricKind.CounterDouble, 0.4, ("cpu.mode", ["user", "system"])),
        new("process.memory.usage", "By", "Memory in use", ShopMetricKind.GaugeInt, 240e6),
        new("process.cpu.utilization", "1", "Share of the processors in use", ShopMetricKind.GaugeDouble, 0.35),
        new("runtime.gc.collections", "{collection}", "Collections", ShopMetricKind.CounterInt, 0.5, ("gc.generation", ["gen0", "gen1", "gen2"])),
        new("runtime.threads", "{thread}", "Threads", ShopMetricKind.GaugeInt, 40),
        new("db.client.connection.count", "{connection}", "Connections of the pool", ShopMetricKind.GaugeInt, 10,
            ("db.client.connection.state", ["idle", "used"]), ("db.client.connection.pool.name", ["main", "replica"])),
        new("cache.requests", "{request}", "Look-ups", ShopMetricKind.CounterInt, 30,
            ("cache.result", ["hit", "miss"]), ("cache.name", ["products", "sessions", "prices"])),
        new("queue.depth", "{message}", "Messages that wait", ShopMetricKind.GaugeInt, 25, ("messaging.destination.name", ["orders", "mails"])),
        new("http.server.request.duration", "s", "Time to answer", ShopMetricKind.Histogram, 12,
            ("http.route", Routes), ("http.request.method", Methods)),
        new("db.client.operation.duration", "s", "Time of a statement", ShopMetricKind.ExponentialHistogram, 20,
            ("db.operation.name", ["SELECT", "INSERT", "UPDATE"])),
    ];
}
