using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Observe.Query;
using Observe.Query.Tail;
using Observe.Storage.Engine;
using Observe.Storage.Ingest;
using Observe.Tests.Query.Ledger;

namespace Observe.Tests.Query.Tail;

/// <summary>The HTTP interface on a real socket, with settings of the test.</summary>
internal sealed class TailServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private TailServer(WebApplication app)
    {
        _app = app;
        Client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()), Timeout = TimeSpan.FromSeconds(30) };
    }

    public HttpClient Client { get; }

    public Uri Address => Client.BaseAddress!;

    public TailService Tail => _app.Services.GetRequiredService<TailService>();

    public static async Task<TailServer> StartAsync(IStorageEngine engine, params (string Key, string Value)[] settings)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection([new("Observe:Tail:PollInterval", "00:00:00.05"), .. settings.Select(s => new KeyValuePair<string, string?>($"Observe:Tail:{s.Key}", s.Value))]);
        builder.Services.AddSingleton(engine);
        builder.Services.AddSingleton<IIngestStatus>(new FakeIngestStatus());
        builder.Services.AddObserveQuery(builder.Configuration);
        WebApplication app = builder.Build();
        app.MapObserveQuery();
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new TailServer(app);
    }

    /// <summary>Opens a tail; returns when it has begun.</summary>
    public async Task<TailStream> OpenAsync(string query, string parameters = "", string? lastEventId = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/tail?q={Uri.EscapeDataString(query)}{parameters}");
        if (lastEventId is not null)
        {
            request.Headers.Add("Last-Event-ID", lastEventId);
        }

        HttpResponseMessage response = await Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, await Text(response));
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        return await TailStream.BeginAsync(response);

        static async Task<string> Text(HttpResponseMessage answer) => answer.IsSuccessStatusCode ? "" : await answer.Content.ReadAsStringAsync();
    }

    public Task StopAsync() => _app.StopAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }
}
