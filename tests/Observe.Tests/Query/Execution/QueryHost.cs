using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Observe.Query;
using Observe.Query.Api;
using Observe.Query.Api.Declarations;
using Observe.Query.Execution;
using Observe.Storage.Engine;

namespace Observe.Tests.Query.Execution;

/// <summary>The HTTP interface on a real socket over a real engine, with settings of its own, and routes that run any SQL as a statement of the program's.</summary>
internal sealed class QueryHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<string, long> _counts = new();

    private QueryHost(WebApplication app, IStorageEngine engine, LogLines log)
    {
        _app = app;
        Engine = engine;
        Log = log;
        Client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        var factory = app.Services.GetRequiredService<IMeterFactory>();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Scope == factory && instrument.Meter.Name == "Observe.Query")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Count(instrument, value, tags));
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Count(instrument, value, tags));
        _listener.Start();
    }

    public IStorageEngine Engine { get; }

    public LogLines Log { get; }

    public HttpClient Client { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<QueryHost> StartAsync(IStorageEngine engine, params (string Key, string Value)[] settings)
    {
        var log = new LogLines();
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Logging.AddProvider(log);
        builder.Services.AddSingleton(engine);
        builder.Services.AddObserveQuery(new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value))).Build());
        WebApplication app = builder.Build();
        app.Use(async (context, next) =>
        {
            using IDisposable? asker = context.Request.Headers["X-Asker"].ToString() is { Length: > 0 } name ? QueryCaller.Use(name) : null;
            await next();
        });
        app.MapObserveQuery();
        app.MapApi(Route("run"), (HttpContext context, IQueryEngine queries) => QueryRequestHandler.RunAsync(context, async (parameters, token) =>
        {
            var blocks = await queries.QueryAllAsync(new SqlStatement(parameters.Query), token);
            return Results.Text(string.Join('\n', blocks.SelectMany(b => Enumerable.Range(0, b.RowCount).Select(row => b.Columns[0].GetValue(row)))));
        }));
        app.MapApi(Route("stream"), (HttpContext context, IQueryEngine queries) => QueryRequestHandler.RunAsync(context, async (parameters, token) =>
        {
            FormattedResult result = await queries.FormatAsync(new SqlStatement(parameters.Query), ResultFormat.JsonEachRow, token);
            return Results.Stream(async body =>
            {
                await using (result)
                {
                    while (await result.ReadAsync(context.RequestAborted) is { Length: > 0 } bytes)
                    {
                        await body.WriteAsync(bytes, context.RequestAborted);
                    }
                }
            });
        }));
        app.MapApi(Route("fail"), (HttpContext context) => QueryRequestHandler.RunAsync(
            context, (parameters, _) => throw new InvalidOperationException($"It fails at {parameters.Query}.")));
        await app.StartAsync(Token);
        return new QueryHost(app, engine, log);
    }

    public T Get<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    /// <summary>The sum of what was added to an instrument, with these tags where some are named (<c>reason=line_full</c>).</summary>
    public long Measured(string instrument, string tags = "") => _counts.GetValueOrDefault($"{instrument} {tags}");

    /// <param name="asker">Whose question it is; null for the client's address.</param>
    public Task<HttpResponseMessage> RunAsync(string sql, CancellationToken cancellationToken, string route = "run", string? asker = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/{route}") { Content = new FormUrlEncodedContent([new("q", sql)]) };
        request.Headers.Add("X-Asker", asker is null ? [] : [asker]);
        return Client.SendAsync(request, cancellationToken);
    }

    /// <summary>A statement that runs until it is ended.</summary>
    /// <param name="name">A number that no other test has.</param>
    public static string Endless(long name) => $"SELECT count() FROM {Numbers(name)} WHERE cityHash64(number) = 1";

    public static string Numbers(long name) => $"numbers({1_000_000_000_000 + name})";

    /// <summary>Statements of this number that the engine runs.</summary>
    public async Task<long> RunningAsync(long name) =>
        (await Engine.QueryAllAsync(
            new SqlStatement(
                "SELECT count() AS c FROM system.processes WHERE position(query, {text:String}) > 0 AND query NOT LIKE '%system.processes%'",
                [SqlParameter.String("text", Numbers(name))]),
            Token))[0]["c"].GetInt64(0);

    public Task UntilRunningAsync(long name, long count = 1) => Wait.UntilAsync(async () => await RunningAsync(name) == count);

    /// <summary>Waits until the engine has ended the statements of this number, which it must within a second.</summary>
    public async Task AssertEndsWithinASecondAsync(long name)
    {
        long began = TimeProvider.System.GetTimestamp();
        await UntilRunningAsync(name, 0);
        Assert.True(TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromSeconds(1), $"It took {TimeProvider.System.GetElapsedTime(began)}.");
    }

    /// <summary>The questions that <c>/api/v1/queries</c> tells.</summary>
    public async Task<IReadOnlyList<JsonElement>> QueriesAsync(string route = "queries") =>
        [.. (await JsonAsync($"/api/v1/{route}")).GetProperty("queries").EnumerateArray()];

    public async Task<JsonElement> JsonAsync(string path)
    {
        using HttpResponseMessage response = await Client.GetAsync(path, Token);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await ReadJsonAsync(response);
    }

    public static async Task<JsonElement> ReadJsonAsync(HttpResponseMessage response)
    {
        using JsonDocument document = await JsonDocument.ParseAsync(await response.Content.ReadAsStreamAsync(Token), default, Token);
        return document.RootElement.Clone();
    }

    public Task StopAsync() => _app.StopAsync(Token);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        _listener.Dispose();
        await _app.DisposeAsync();
    }

    private static ApiRoute Route(string name) =>
        new($"/api/v1/{name}", name, "Tests", "Run SQL.") { Methods = [HttpMethods.Post], Parameters = [CommonParameters.Query], Answers = [] };

    private void Count(Instrument instrument, long value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        _counts.AddOrUpdate($"{instrument.Name} ", value, (_, sum) => sum + value);
        if (tags.Length > 0)
        {
            string text = string.Join(',', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}"));
            _counts.AddOrUpdate($"{instrument.Name} {text}", value, (_, sum) => sum + value);
        }
    }
}
