using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Observe.Ingest.Cardinality;
using Observe.Ingest.Journal.Files;
using Observe.Ingest.Ledger;
using Observe.Ingest.Memory;
using Observe.Ingest.Pipeline;
using Observe.Ingest.Receivers;
using Observe.Ingest.Senders;
using Observe.Storage.Ingest;

namespace Observe.Ingest;

public static class IngestServiceCollectionExtensions
{
    /// <summary>
    /// Adds the OTLP receivers and all that is behind them. To be called after storage was added: hosted services start in that order.
    /// </summary>
    public static IServiceCollection AddObserveIngest(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<IngestOptions>()
            .Bind(configuration.GetSection(IngestOptions.Section))
            .Configure(options =>
            {
                options.OtlpGrpc = configuration[IngestOptions.OtlpGrpcKey] ?? options.OtlpGrpc;
                options.OtlpHttp = configuration[IngestOptions.OtlpHttpKey] ?? options.OtlpHttp;
            });
        services.AddSingleton<IValidateOptions<IngestOptions>, IngestOptionsValidator>();
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider => new IngestBudget(provider.GetRequiredService<IOptions<IngestOptions>>().Value.MaxBytesInFlight));
        services.AddSingleton<IngestMeter>();
        services.AddSingleton<RefusalCounts>();
        services.AddSingleton<IJournalFiles, DiskFiles>();
        services.AddSingleton<IngestPipelines>();
        services.AddSingleton<IIngestStatus, IngestStatus>();
        services.AddSingleton(provider => Limits(provider.GetRequiredService<IOptions<IngestOptions>>().Value.Cardinality));
        services.AddSingleton<SenderRegistry>();
        services.AddSingleton<RefusedRequests>();
        services.AddSingleton<ConnectionGuard>();
        services.AddSingleton<BodyReader>();
        services.AddSingleton(provider => new TransformGate(provider.GetRequiredService<IOptions<IngestOptions>>().Value.MaxTransformations));
        services.AddSingleton<BodyTransformer>();
        services.AddSingleton<GrpcReceiver>();
        services.AddSingleton<HttpReceiver>();
        services.AddSingleton<IngestEndpoints>();
        services.AddHostedService<OtlpServer>();
        return services;
    }

    private static MetricLimits Limits(CardinalityOptions options) => new(
        options.MaxSeriesPerMetric is > 0 and var series ? series : null, options.MaxValuesPerKey is > 0 and var values ? values : null);
}
