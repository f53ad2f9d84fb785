using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Observe.Query;
using Observe.Storage.Engine;
using Observe.Storage.Ingest;
using Observe.Tests.Query.Ledger;
using Observe.Tests.Query.Seeds;
using Observe.Tests.Storage;

namespace Observe.Tests.Query.Api;

/// <summary>The HTTP interface on a real socket, over the seed.</summary>
public sealed class QueryApiFixture(EngineFixture engines) : IAsyncLifetime
{
    private static int _databases;

    private WebApplication? _app;

    internal FakeIngestStatus Ingest { get; } = new();

    public HttpClient Client { get; } = new();

    internal IReadOnlyList<Endpoint> Endpoints => _app!.Services.GetRequiredService<EndpointDataSource>().Endpoints;

    public IStorageEngine Engine => _app!.Services.GetRequiredService<IStorageEngine>();

    public async ValueTask InitializeAsync()
    {
        IStorageEngine engine = await engines.DatabaseAsync($"query_api_{Interlocked.Increment(ref _databases)}");
        await Seed.InsertAsync(engine, TestContext.Current.CancellationToken);
        await engine.InsertAsync(LedgerSeed.Batch(), null, TestContext.Current.CancellationToken);
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(engine);
        builder.Services.AddSingleton<IIngestStatus>(Ingest);
        builder.Services.AddSingleton<TimeProvider>(
            new FixedTime(DateTimeOffset.UnixEpoch.AddTicks((Seed.Base + (60 * Seed.Second)) / TimeSpan.NanosecondsPerTick)));
        builder.Services.AddObserveQuery(new ConfigurationBuilder().Build());
        _app = builder.Build();
        _app.MapObserveQuery();
        await _app.StartAsync(TestContext.Current.CancellationToken);
        Client.BaseAddress = new Uri(_app.Urls.Single());
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }
    }
}
