using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Observe.Ingest;
using Observe.Ingest.Pipeline;
using Observe.Storage.Engine;

namespace Observe.Tests.Ingest;

/// <summary>The receivers and pipelines as the program starts them, on ports that the system chooses, before an engine of the test.</summary>
internal sealed class IngestHost : IAsyncDisposable
{
    private readonly IHost _host;

    private IngestHost(IHost host)
    {
        _host = host;
        IngestEndpoints endpoints = host.Services.GetRequiredService<IngestEndpoints>();
        Http = new HttpClient { BaseAddress = new Uri(endpoints.OtlpHttp) };
        Grpc = new HttpClient
        {
            BaseAddress = new Uri(endpoints.OtlpGrpc),
            DefaultRequestVersion = HttpVersion.Version20,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
    }

    public HttpClient Http { get; }

    public HttpClient Grpc { get; }

    /// <summary>Requests that the pipelines have and did not answer yet.</summary>
    public int WaitingRequests => _host.Services.GetRequiredService<IngestPipelines>().Waiting;

    public static async Task<IngestHost> StartAsync(IStorageEngine engine, params (string Key, string Value)[] settings)
    {
        IHost host = Build(engine, settings);
        await host.StartAsync(TestContext.Current.CancellationToken);
        return new IngestHost(host);
    }

    public static IHost Build(IStorageEngine engine, params (string Key, string Value)[] settings)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            [IngestOptions.OtlpGrpcKey] = "http://127.0.0.1:0",
            [IngestOptions.OtlpHttpKey] = "http://127.0.0.1:0",
            ["Observe:Ingest:MaxBatchDelay"] = "00:00:00.010",
        });
        builder.Configuration.AddInMemoryCollection(settings.ToDictionary(s => s.Key, s => (string?)s.Value));
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(engine);
        builder.Services.AddObserveIngest(builder.Configuration);
        return builder.Build();
    }

    public Task StopAsync() => _host.StopAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        Grpc.Dispose();
        await _host.StopAsync();
        _host.Dispose();
    }
}
