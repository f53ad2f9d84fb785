using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Observe.Query;
using Observe.Storage.Engine;
using Observe.Storage.Ingest;
using Observe.Tests.Query.Correlation;
using Observe.Tests.Query.Ledger;
using Observe.Tests.Storage;

namespace Observe.Tests.Query.MetricBrowser;

/// <summary>A database with <see cref="MetricBrowserSeed"/>, the room's services over it, and its HTTP interface on a real socket. It is five minutes after <see cref="Arrivals.Base"/>.</summary>
public sealed class SeriesFixture(EngineFixture engines) : IAsyncLifetime
{
    private static int _databases;

    private WebApplication? _app;

    public HttpClient Client { get; } = new();

    public async ValueTask InitializeAsync()
    {
        IStorageEngine engine = await engines.DatabaseAsync($"series_{Interlocked.Increment(ref _databases)}");
        await MetricBrowserSeed.InsertAsync(engine);
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(engine);
        builder.Services.AddSingleton<IIngestStatus>(new FakeIngestStatus());
        builder.Services.AddSingleton<TimeProvider>(new FixedTime(DateTimeOffset.UnixEpoch.AddTicks((long)(Arrivals.Base + (300 * Arrivals.Second)) / TimeSpan.NanosecondsPerTick)));
        builder.Services.AddObserveQuery(new ConfigurationBuilder().Build());
        _app = builder.Build();
        _app.MapObserveQuery();
        await _app.StartAsync(TestContext.Current.CancellationToken);
        Client.BaseAddress = new Uri(_app.Urls.Single());
    }

    public T Get<T>()
        where T : notnull => _app!.Services.GetRequiredService<T>();

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }
    }
}
