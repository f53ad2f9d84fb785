using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;

namespace Observe.Tests.RealClients;

/// <summary>The fixed telemetry that a run of the .NET SDK sends: each kind of value that it can send, at least once.</summary>
internal static class DotNetTelemetry
{
    /// <summary>How many of each one run sends; what the exporters recorded must be as many, or the test compared too little.</summary>
    public const int Logs = 4;

    public const int Spans = 2;

    public const int Points = 9;

    public static void Send(ActivitySource source, Meter meter, ILogger logger, string run)
    {
        Activity? ambient = Activity.Current;
        Activity.Current = null;
        try
        {
            var earlier = new ActivityContext(
                ActivityTraceId.CreateFromString("0af7651916cd43dd8448eb211c80319c"),
                ActivitySpanId.CreateFromString("b7ad6b7169203331"),
                ActivityTraceFlags.Recorded,
                "vendor=one,other=two");
            using Activity parent = source.CreateActivity(
                "GET /cart/{id}",
                ActivityKind.Server,
                default(ActivityContext),
                SpanTags(run),
                [new ActivityLink(earlier, new ActivityTagsCollection { ["link.reason"] = "retry", ["link.attempt"] = 2 })])!;
            parent.TraceStateString = "own=state";
            parent.Start();
            parent.AddEvent(new ActivityEvent("cache.miss", tags: new ActivityTagsCollection
            {
                ["cache.key"] = "cart:42",
                ["cache.size"] = 1024,
                ["cache.ratio"] = 2.0,
                ["cache.warm"] = true,
            }));
            using (Activity child = source.StartActivity("SELECT carts", ActivityKind.Client)!)
            {
                child.SetTag("test.run", run);
                child.AddException(new TimeoutException("connection pool is empty"));
                child.SetStatus(ActivityStatusCode.Error, "connection pool is empty");
                SendLogs(logger, run);
            }

            parent.SetStatus(ActivityStatusCode.Ok);
            SendMetrics(meter, run);
        }
        finally
        {
            Activity.Current = ambient;
        }

        Write(logger, LogLevel.Debug, default, "outside of any trace", null, ("test.run", run));
    }

    private static Dictionary<string, object?> SpanTags(string run) => new()
    {
        ["test.run"] = run,
        ["http.response.status_code"] = 200,
        ["http.route"] = "/cart/{id}",
        ["cart.large"] = long.MaxValue,
        ["cart.small"] = long.MinValue,
        ["cart.weight"] = 12.75,
        ["cart.whole"] = 5.0,
        ["cart.empty"] = false,
        ["cart.items"] = new[] { "tea", "Kännchen", "茶" },
        ["cart.counts"] = new[] { 1L, 2L, -3L },
        ["cart.prices"] = new[] { 0.5, 2.0 },
        ["cart.flags"] = new[] { true, false },
    };

    private static void SendLogs(ILogger logger, string run)
    {
        Write(
            logger,
            LogLevel.Information,
            new EventId(17, "cart.loaded"),
            "Cart 42 loaded for Zoë in 12.75 ms",
            null,
            ("test.run", run),
            ("user.id", "u-1093"),
            ("user.age", 41),
            ("cart.negative", -7),
            ("cart.large", long.MaxValue),
            ("cart.small", long.MinValue),
            ("cart.weight", 12.75),
            ("cart.whole", 5.0),
            ("cart.tiny", 1e-300),
            ("cart.huge", 1e300),
            ("cart.empty", false),
            ("cart.gift", true),
            ("cart.note", ""),
            ("cart.items", new[] { "tea", "", "茶" }),
            ("cart.counts", new[] { 1L, 2L, -3L }),
            ("cart.prices", new[] { 0.5, 2.0 }),
            ("cart.flags", new[] { true, false }));
        Write(logger, LogLevel.Critical, default, "it went wrong", new InvalidOperationException("no cart"), ("test.run", run));
        Write(logger, LogLevel.Warning, default, "quotes \" and ' and \\ and \t and \n and 🫖", null, ("test.run", run));
    }

    private static void Write(
        ILogger logger, LogLevel level, EventId id, string message, Exception? exception, params (string Name, object? Value)[] attributes)
    {
        List<KeyValuePair<string, object?>> state = [.. attributes.Select(pair => new KeyValuePair<string, object?>(pair.Name, pair.Value))];
        logger.Log(level, id, state, exception, (_, _) => message);
    }

    private static void SendMetrics(Meter meter, string run)
    {
        TagList labels = new() { { "test.run", run }, { "http.route", "/cart/{id}" }, { "shard", 3 }, { "hot", true } };
        TagList others = new() { { "test.run", run }, { "http.route", "/checkout" }, { "shard", 3 }, { "hot", true } };

        Counter<long> requests = meter.CreateCounter<long>("test.requests", "{request}", "Requests served");
        requests.Add(40, labels);
        requests.Add(2, labels);
        requests.Add(7, others);
        meter.CreateCounter<long>("test.large").Add(long.MaxValue, labels);
        meter.CreateCounter<double>("test.revenue", "EUR").Add(5.0, labels);
        UpDownCounter<int> open = meter.CreateUpDownCounter<int>("test.connections");
        open.Add(5, labels);
        open.Add(-8, labels);
        meter.CreateGauge<double>("test.temperature", "Cel").Record(-1.5, labels);
        meter.CreateGauge<int>("test.queue_length").Record(17, labels);
        Histogram<double> duration = meter.CreateHistogram<double>("test.duration", "ms", "Time to answer");
        Histogram<double> size = meter.CreateHistogram<double>("test.size", "By");
        foreach (double value in (double[])[0.5, 3, 4.25, 60, 1000])
        {
            duration.Record(value, labels);
            size.Record(value * 16, labels);
        }

        size.Record(0, labels);
    }
}
