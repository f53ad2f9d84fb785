using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Observe.Query.Execution;
using Observe.Query.Fields;
using Observe.Query.Health;
using Observe.Query.Ledger;
using Observe.Query.Metrics;
using Observe.Query.Search;
using Observe.Query.Services;
using Observe.Query.Traces;

namespace Observe.Query;

public static class QueryServiceCollectionExtensions
{
    /// <summary>Adds the services that answer questions. They need the storage tier.</summary>
    /// <param name="configuration">Nothing of this tier is configured yet; the tiers share one form of call.</param>
    public static IServiceCollection AddObserveQuery(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<IQueryEngine, QueryEngine>();
        services.AddSingleton<RecordReader>();
        services.AddSingleton<UnknownFields>();
        services.AddSingleton<EngineHealth>();
        services.AddSingleton<Readiness>();
        services.AddSingleton<ISearchService, SearchService>();
        services.AddSingleton<ITraceService, TraceService>();
        services.AddSingleton<IServiceCatalog, ServiceCatalog>();
        services.AddSingleton<IFieldCatalog, FieldCatalog>();
        services.AddSingleton<ILedgerService, LedgerService>();
        services.AddMetrics();
        services.AddSingleton<MetricCollector>();
        services.AddHostedService<MetricCollection>();
        return services;
    }
}
