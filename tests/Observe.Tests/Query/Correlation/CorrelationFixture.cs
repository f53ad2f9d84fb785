using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Observe.Query;
using Observe.Storage.Engine;
using Observe.Tests.Ingest;
using Observe.Tests.Storage;
using static Observe.Tests.Query.Correlation.Arrivals;

namespace Observe.Tests.Query.Correlation;

/// <summary>A shop in which an order wanders through services, days and traces.</summary>
public sealed class CorrelationFixture(EngineFixture engines) : IAsyncLifetime
{
    internal const string OrderTrace = "4bf92f3577b34da6a3ce929d0e0e4736";
    internal const string MailTrace = "11111111111111111111111111111abc";
    internal const string OtherTrace = "22222222222222222222222222222abc";
    internal const string Gateway = "00f067aa0ba902b7";
    internal const string Payment = "00f067aa0ba902b8";
    internal const string Orphan = "0abcdef000000001";
    internal const string Request = "123e4567-e89b-12d3-a456-426614174000";
    internal const int Visits = 30;

    private const double Day = 86_400;

    private ServiceProvider? _services;

    public IStorageEngine Engine => _services!.GetRequiredService<IStorageEngine>();

    public async ValueTask InitializeAsync()
    {
        IStorageEngine engine = await engines.DatabaseAsync("correlation");
        _services = new ServiceCollection()
            .AddLogging()
            .AddSingleton(engine)
            .AddObserveQuery(new ConfigurationBuilder().Build())
            .BuildServiceProvider();
        if ((await engine.QueryAllAsync(new SqlStatement("SELECT count() AS c FROM logs"), default))[0]["c"].GetUInt64(0) > 0)
        {
            return;
        }

        await SpansAsync(engine, "gateway",
            Span(10, "POST /orders", OrderTrace, Gateway, more: s => s.Attribute(9, "http.request.header.x-request-id", OtlpWriter.Array(v => v.String(1, Request.ToUpperInvariant())))),
            Span(500, "GET /", OtherTrace, "00f067aa0ba902ff"));
        await SpansAsync(engine, "payment",
            Span(10, "charge", OrderTrace, Payment, Gateway, s => s.Attribute(9, "order.id", v => v.String(1, "Order-77")), lasts: 0.5, failed: true));
        await LogsAsync(engine, "gateway",
            Log(10, "POST /orders accepted", r => r.Attribute(6, "order_id", v => v.String(1, "order-77")).Attribute(6, "user.id", v => v.Int(3, 1)), OrderTrace, Gateway),
            Log(11, "unrelated", null, OtherTrace));
        await LogsAsync(engine, "payment",
            Log(10.2, "card declined", r => r.Attribute(6, "requestId", v => v.String(1, Request.Replace("-", "", StringComparison.Ordinal))), OrderTrace, Payment, severity: 17));

        // Two days later and in another trace: an order is more than a request.
        await SpansAsync(engine, "mail",
            Span(10 + (2 * Day), "order-mails process", MailTrace, "0a00000000000001", more: s => s.Sub(13, link => link.Bytes(1, Convert.FromHexString(OrderTrace)).Bytes(2, Convert.FromHexString(Payment)))),
            Span(11 + (2 * Day), "send", MailTrace, "0a00000000000002", "0a00000000000001"));
        await LogsAsync(engine, "mail",
            Log(12 + (2 * Day), "mail sent", r => r.Attribute(6, "order", OtlpWriter.Map(("id", v => v.String(1, "ORDER-77")))), MailTrace, "0a00000000000002"),
            Log(13 + (2 * Day), $"retry of {Request} is over"),
            Log(14 + (2 * Day), "parcel PX-990001 left the house"));

        // A log and a child of a span that is not stored.
        await LogsAsync(engine, "worker", Log(600, "orphaned", null, "33333333333333333333333333333abc", Orphan));
        await SpansAsync(engine, "worker", Span(600, "child of an orphan", "33333333333333333333333333333abc", "0abcdef000000002", Orphan));
        await LogsAsync(engine, "visits", [.. Enumerable.Range(0, Visits).Select(i => Log(1000 + i, $"visit {i}", r => r.Attribute(6, "visitor_id", v => v.String(1, "frequent")).Attribute(6, "page_id", v => v.Int(3, i % 3 + 100))))]);
    }

    public T Get<T>()
        where T : notnull => _services!.GetRequiredService<T>();

    public ValueTask DisposeAsync() => _services?.DisposeAsync() ?? ValueTask.CompletedTask;
}
