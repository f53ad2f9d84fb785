using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Observe.Ingest.Pipeline;

namespace Observe.Ingest.Receivers;

/// <summary>Starts both receivers, and ends them before the pipelines: what a receiver took in is stored.</summary>
internal sealed class OtlpServer(
    IOptions<IngestOptions> options,
    GrpcReceiver grpcReceiver,
    HttpReceiver httpReceiver,
    IngestPipelines pipelines,
    IngestEndpoints endpoints,
    ConnectionGuard guard,
    IServiceProvider services,
    ILogger<OtlpServer> logger) : IHostedService, IDisposable
{
    private readonly OtlpEndpoint _grpc = new(IngestOptions.OtlpGrpcKey, options.Value.OtlpGrpc, HttpProtocols.Http2, guard, services);
    private readonly OtlpEndpoint _http = new(IngestOptions.OtlpHttpKey, options.Value.OtlpHttp, HttpProtocols.Http1, guard, services);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        pipelines.Start();
        await _grpc.StartAsync(grpcReceiver, cancellationToken);
        await _http.StartAsync(httpReceiver, cancellationToken);
        endpoints.OtlpGrpc = _grpc.Address;
        endpoints.OtlpHttp = _http.Address;
        IngestLog.Started(logger, endpoints.OtlpGrpc, endpoints.OtlpHttp);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        // What a receiver took in, it puts into a journal; only then is everything there that is to be stored.
        await Task.WhenAll(_grpc.StopAsync(cancellationToken), _http.StopAsync(cancellationToken));
        await pipelines.StopAsync(cancellationToken);
    }

    public void Dispose()
    {
        _grpc.Dispose();
        _http.Dispose();
    }
}
