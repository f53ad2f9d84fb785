using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Observe.BrowserTests;

/// <summary>What a small shop sends: a checkout that fails at the payment provider, with its logs, and other orders that go well.</summary>
internal static class Shop
{
    public const string TraceId = "4bf92f3577b34da6a3ce929d0e0e4736";
    public const string PaymentSpanId = "00f067aa0ba902b7";
    public const string FailureBody = "Charge failed for order A-1001: the provider answered 503";

    private const string Root = "53995c3f42cd8ad8";
    private const string Order = "0af7651916cd43dd";

    public static async Task SendAsync(Uri otlp, DateTimeOffset now)
    {
        using var http = new HttpClient { BaseAddress = otlp };
        DateTimeOffset start = now - TimeSpan.FromMinutes(2);
        await PostAsync(http, "v1/traces", new JsonObject
        {
            ["resourceSpans"] = new JsonArray(
                ResourceSpans("frontend", Span(Root, "", "POST /checkout", 2, start, 0, 812, error: true)),
                ResourceSpans(
                    "checkout",
                    Span(Order, Root, "POST /api/orders", 2, start, 22, 742, error: true),
                    Span("1111111111111111", Order, "publish OrderPlaced", 4, start, 700, 12)),
                ResourceSpans("inventory", Span("2222222222222222", Order, "reserve items", 2, start, 40, 128)),
                ResourceSpans("payment", Span(PaymentSpanId, Order, "charge", 3, start, 190, 490, error: true, failure: true))),
        });

        var payment = new JsonArray();
        payment.Add(Log(start, 500, 17, FailureBody, PaymentSpanId, ("order.id", Text("A-1001")), ("duration_ms", Int(490)), ("retry.count", Int(3)), ("final", Bool(true))));
        payment.Add(Log(start, 200, 9, "Charging order A-1001", PaymentSpanId, ("order.id", Text("A-1001"))));
        var checkout = new JsonArray();
        checkout.Add(Log(start, 30, 9, "Order A-1001 received", Order, ("order.id", Text("A-1001"))));
        for (int i = 0; i < 200; i++)
        {
            byte severity = (byte)(i % 17 == 0 ? 13 : i % 5 == 0 ? 5 : 9);
            checkout.Add(Log(start, (-1_500 * i) - 1_000, severity, $"Order B-{i} placed for customer {i % 40}", "", ("order.id", Text($"B-{i}")), ("customer.id", Int(i % 40))));
        }

        // More than one screen, and alike two by two.
        var ticks = new JsonArray();
        for (int i = 0; i < 240; i++)
            ticks.Add(Log(start, -(i / 2), 5, $"tick {i / 2}", ""));

        await PostAsync(http, "v1/logs", new JsonObject
        {
            ["resourceLogs"] = new JsonArray(ResourceLogs("payment", payment), ResourceLogs("checkout", checkout), ResourceLogs("clock", ticks)),
        });
        await PostAsync(http, "v1/metrics", Metrics(start));
    }

    /// <summary>Two services with the same metrics: 2 × 12 series of a histogram, of a gauge, a sum and a summary.</summary>
    private static JsonObject Metrics(DateTimeOffset start)
    {
        var resources = new JsonArray();
        foreach (string service in (string[])["checkout", "payment"])
        {
            var requests = new JsonArray();
            foreach (string route in (string[])["/cart", "/api/orders/{id}", "/healthz"])
            {
                foreach (int status in (int[])[200, 503])
                    requests.Add(Point(start, 4, ("http.route", Text(route)), ("http.response.status_code", Int(status))));
            }

            var cores = new JsonArray();
            for (int core = 0; core < 4; core++)
                cores.Add(Point(start, null, ("cpu", Int(core))));

            resources.Add(new JsonObject
            {
                ["resource"] = Resource(service),
                ["scopeMetrics"] = new JsonArray(new JsonObject
                {
                    ["scope"] = new JsonObject { ["name"] = "Shop" },
                    ["metrics"] = new JsonArray(
                        Metric("http.server.request.duration", "s", "histogram", "Duration of HTTP server requests.", requests),
                        Metric("cpu.utilization", "1", "gauge", "", cores),
                        Metric("messages.sent", "{message}", "sum", "", new JsonArray(Point(start, null))),
                        Metric("gc.pause", "ms", "summary", "", new JsonArray(Point(start, 2)))),
                }),
            });
        }

        return new JsonObject { ["resourceMetrics"] = resources };
    }

    private static JsonObject Metric(string name, string unit, string kind, string description, JsonArray points)
    {
        var data = new JsonObject { ["dataPoints"] = points };
        if (kind is "histogram" or "sum")
            data["aggregationTemporality"] = kind == "sum" ? 1 : 2;
        return new() { ["name"] = name, ["unit"] = unit, ["description"] = description, [kind] = data };
    }

    /// <param name="count">Of a point of observations; null for one of a value.</param>
    private static JsonObject Point(DateTimeOffset start, int? count, params (string Key, JsonObject Value)[] attributes)
    {
        var point = new JsonObject { ["timeUnixNano"] = Nanoseconds(start, 0), ["attributes"] = Attributes(attributes) };
        if (count is { } observations)
            (point["count"], point["sum"]) = (observations, 1.5 * observations);
        else
            point["asDouble"] = 0.25;
        return point;
    }

    private static async Task PostAsync(HttpClient http, string path, JsonObject body)
    {
        using HttpResponseMessage response = await http.PostAsJsonAsync(path, body);
        response.EnsureSuccessStatusCode();
    }

    private static JsonObject ResourceSpans(string service, params JsonNode[] spans) => new()
    {
        ["resource"] = Resource(service),
        ["scopeSpans"] = new JsonArray(new JsonObject { ["scope"] = new JsonObject { ["name"] = "Shop" }, ["spans"] = new JsonArray(spans) }),
    };

    private static JsonObject ResourceLogs(string service, JsonArray logs) => new()
    {
        ["resource"] = Resource(service),
        ["scopeLogs"] = new JsonArray(new JsonObject { ["scope"] = new JsonObject { ["name"] = "Shop" }, ["logRecords"] = logs }),
    };

    private static JsonObject Resource(string service) => new()
    {
        ["attributes"] = Attributes(("service.name", Text(service)), ("deployment.environment.name", Text("production")), ("host.name", Text("node-3"))),
    };

    private static JsonObject Span(
        string id, string parent, string name, int kind, DateTimeOffset start, int from, int duration, bool error = false, bool failure = false)
    {
        var span = new JsonObject
        {
            ["traceId"] = TraceId,
            ["spanId"] = id,
            ["parentSpanId"] = parent,
            ["name"] = name,
            ["kind"] = kind,
            ["startTimeUnixNano"] = Nanoseconds(start, from),
            ["endTimeUnixNano"] = Nanoseconds(start, from + duration),
            ["attributes"] = Attributes(("http.request.method", Text("POST")), ("http.response.status_code", Int(error ? 503 : 200))),
        };
        if (error)
            span["status"] = new JsonObject { ["code"] = 2, ["message"] = "the provider answered 503" };
        if (failure)
        {
            span["events"] = new JsonArray(new JsonObject
            {
                ["name"] = "exception",
                ["timeUnixNano"] = Nanoseconds(start, from + duration - 5),
                ["attributes"] = Attributes(
                    ("exception.type", Text("Shop.ProviderUnavailableException")),
                    ("exception.message", Text("the provider answered 503")),
                    ("exception.stacktrace", Text("Shop.ProviderUnavailableException: the provider answered 503\n   at Shop.Payments.ChargeAsync()"))),
            });
        }

        return span;
    }

    private static JsonObject Log(
        DateTimeOffset start, int after, byte severity, string body, string spanId, params (string Key, JsonObject Value)[] attributes)
    {
        var log = new JsonObject
        {
            ["timeUnixNano"] = Nanoseconds(start, after),
            ["severityNumber"] = severity,
            ["body"] = Text(body),
            ["attributes"] = Attributes(attributes),
        };
        if (spanId.Length > 0)
        {
            log["traceId"] = TraceId;
            log["spanId"] = spanId;
        }

        return log;
    }

    private static JsonArray Attributes(params (string Key, JsonObject Value)[] attributes) =>
        new([.. attributes.Select(a => new JsonObject { ["key"] = a.Key, ["value"] = a.Value })]);

    private static JsonObject Text(string value) => new() { ["stringValue"] = value };

    private static JsonObject Int(long value) => new() { ["intValue"] = value.ToString(CultureInfo.InvariantCulture) };

    private static JsonObject Bool(bool value) => new() { ["boolValue"] = value };

    private static string Nanoseconds(DateTimeOffset start, int afterMilliseconds) =>
        ((start.ToUnixTimeMilliseconds() + afterMilliseconds) * 1_000_000).ToString(CultureInfo.InvariantCulture);
}
