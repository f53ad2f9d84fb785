using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Observe.Ingest.Receivers;

/// <summary>One address on which OTLP is received: a Kestrel of its own, so that its limits are not those of the web pages.</summary>
internal sealed class OtlpEndpoint : IDisposable
{
    private readonly KestrelServer _server;
    private readonly string _setting;
    private readonly string _configured;

    /// <param name="setting">The configuration key of the address, for errors.</param>
    /// <param name="address">An address such as http://127.0.0.1:4317; port 0 lets the system choose.</param>
    /// <param name="guard">Sees each connection first.</param>
    /// <param name="protocols">HTTP/1.1, or HTTP/2 without negotiation, as gRPC clients speak it without TLS.</param>
    public OtlpEndpoint(string setting, string address, HttpProtocols protocols, ConnectionGuard guard, IServiceProvider services)
    {
        _setting = setting;
        _configured = address;
        ConnectionOptions connections = services.GetRequiredService<IOptions<IngestOptions>>().Value.Connections;
        ILoggerFactory loggers = services.GetRequiredService<ILoggerFactory>();
        var options = new KestrelServerOptions { ApplicationServices = services, AddServerHeader = false };
        options.ConfigureEndpointDefaults(endpoint =>
        {
            endpoint.Protocols = protocols;
            endpoint.Use(guard.Wrap);
        });
        SetLimits(options.Limits, connections);
        _server = new KestrelServer(
            Options.Create(options), new SocketTransportFactory(Options.Create(new SocketTransportOptions()), loggers), loggers);
        _server.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Add(address);
    }

    private static void SetLimits(KestrelServerLimits limits, ConnectionOptions connections)
    {
        // Bodies are measured and timed where they are read (BodyReader), so that too large and too slow ones get OTLP's own answer.
        limits.MaxRequestBodySize = null;
        limits.MinRequestBodyDataRate = null;

        limits.RequestHeadersTimeout = connections.HeadersTimeout;
        limits.KeepAliveTimeout = connections.KeepAliveTimeout;
        limits.Http2.MaxStreamsPerConnection = connections.MaxStreamsPerConnection;
        limits.Http2.InitialStreamWindowSize = connections.StreamWindowBytes;
        limits.Http2.InitialConnectionWindowSize = connections.ConnectionWindowBytes;
        limits.Http2.KeepAlivePingDelay = connections.PingDelay;
        limits.Http2.KeepAlivePingTimeout = connections.PingTimeout;
    }

    /// <summary>Where it listens, once it has started.</summary>
    public string Address => _server.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First();

    /// <exception cref="IngestStartException">The address cannot be listened on.</exception>
    public async Task StartAsync(IHttpApplication<IFeatureCollection> application, CancellationToken cancellationToken)
    {
        try
        {
            await _server.StartAsync(application, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw new IngestStartException(
                $"Cannot receive OTLP on {_configured} ({_setting}): {e.Message.TrimEnd('.')}. " +
                $"If another program has the port, stop it, or set {_setting} to another address.", e);
        }
    }

    /// <summary>Takes no more connections and lets running requests end.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => _server.StopAsync(cancellationToken);

    public void Dispose() => _server.Dispose();
}
