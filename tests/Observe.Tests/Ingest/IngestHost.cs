using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Observe.Ingest;
using Observe.Ingest.Pipeline;
using Observe.Storage;
using Observe.Storage.Engine;
using Observe.Storage.Ingest;
using Observe.Tests.Hosting;

namespace Observe.Tests.Ingest;

/// <summary>The receivers and pipelines as the program starts them, on ports that the system chooses, before an engine of the test.</summary>
internal sealed class IngestHost : IAsyncDisposable
{
    private readonly IHost _host;

    private IngestHost(IHost host, bool waitsForRows)
    {
        _host = host;
        HttpMessageHandler Handler() => waitsForRows ? new DrainingHandler(DrainAsync) : new SocketsHttpHandler();
        IngestEndpoints endpoints = host.Services.GetRequiredService<IngestEndpoints>();
        Http = new HttpClient(Handler()) { BaseAddress = new Uri(endpoints.OtlpHttp) };
        Grpc = new HttpClient(Handler())
        {
            BaseAddress = new Uri(endpoints.OtlpGrpc),
            DefaultRequestVersion = HttpVersion.Version20,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
    }

    public HttpClient Http { get; }

    public HttpClient Grpc { get; }

    public IngestPipelines Pipelines => _host.Services.GetRequiredService<IngestPipelines>();

    public IServiceProvider Services => _host.Services;

    /// <summary>Starts a host whose clients get their answers when the rows are in the engine: tests look there next.</summary>
    public static Task<IngestHost> StartAsync(IStorageEngine engine, params (string Key, string Value)[] settings) =>
        StartAsync(engine, waitsForRows: true, _ => { }, settings);

    /// <summary>Starts a host whose clients get their answers when the journal has their requests.</summary>
    public static Task<IngestHost> StartJournalAsync(IStorageEngine engine, params (string Key, string Value)[] settings) =>
        StartAsync(engine, waitsForRows: false, _ => { }, settings);

    /// <summary>Starts a host whose counts of refusals stay until the test takes them.</summary>
    public static Task<IngestHost> StartCountingAsync(params (string Key, string Value)[] settings) =>
        StartAsync(new FakeEngine(), waitsForRows: false, services => services.AddSingleton<TimeProvider>(new TimeWithoutNotes()), settings);

    /// <summary>The same as the journal's, with services of the program replaced.</summary>
    public static Task<IngestHost> StartJournalAsync(
        IStorageEngine engine, Action<IServiceCollection> configure, params (string Key, string Value)[] settings) =>
        StartAsync(engine, waitsForRows: false, configure, settings);

    private static async Task<IngestHost> StartAsync(
        IStorageEngine engine, bool waitsForRows, Action<IServiceCollection> configure, (string Key, string Value)[] settings)
    {
        IHost host = Build(engine, configure, settings);
        await host.StartAsync(TestContext.Current.CancellationToken);
        return new IngestHost(host, waitsForRows);
    }

    /// <summary>A host that is not started yet, with a data directory of its own unless the settings name one.</summary>
    public static IHost Build(IStorageEngine engine, params (string Key, string Value)[] settings) => Build(engine, _ => { }, settings);

    private static IHost Build(IStorageEngine engine, Action<IServiceCollection> configure, (string Key, string Value)[] settings)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            [IngestOptions.OtlpGrpcKey] = "http://127.0.0.1:0",
            [IngestOptions.OtlpHttpKey] = "http://127.0.0.1:0",
            ["Observe:Ingest:MaxBatchDelay"] = "00:00:00.010",

            // Tests read the counts where they are made.
            ["Observe:Ingest:LedgerInterval"] = "01:00:00",
        });
        builder.Configuration.AddInMemoryCollection(settings.ToDictionary(s => s.Key, s => (string?)s.Value));
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(engine);
        builder.Services.AddSingleton<TemporaryDirectory>();
        builder.Services.AddOptions<StorageOptions>()
            .Configure<TemporaryDirectory>((options, directory) => options.DataDirectory = directory.FullName)
            .Bind(builder.Configuration.GetSection(StorageOptions.Section));
        builder.Services.AddObserveIngest(builder.Configuration);
        configure(builder.Services);
        return builder.Build();
    }

    public IIngestStatus Status => _host.Services.GetRequiredService<IIngestStatus>();

    public Task StopAsync() => _host.StopAsync(TestContext.Current.CancellationToken);

    /// <summary>Stops at once, whatever is left in the journal.</summary>
    public Task StopAtOnceAsync() => _host.StopAsync(new CancellationToken(canceled: true));

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        Grpc.Dispose();
        await _host.StopAsync();
        _host.Dispose();
    }

    /// <summary>Ends when everything that was acknowledged is in the engine.</summary>
    public Task DrainAsync() => Eventually.TrueAsync("the journals are empty", () => Pipelines.Signals.All(signal => signal.IsDrained));
}
