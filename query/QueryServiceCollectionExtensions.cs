using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Observe.Query.Cardinality;
using Observe.Query.Correlation;
using Observe.Query.Execution;
using Observe.Query.Fields;
using Observe.Query.Health;
using Observe.Query.Ledger;
using Observe.Query.MetricBrowser;
using Observe.Query.PromQL;
using Observe.Query.PromQL.Evaluation;
using Observe.Query.PromQL.Selection;
using Observe.Query.PromQL.Selection.Exemplars;
using Observe.Query.PromQL.Selection.Targets;
using Observe.Query.Search;
using Observe.Query.SelfMetrics;
using Observe.Query.Services;
using Observe.Query.Tail;
using Observe.Query.Traces;

namespace Observe.Query;

public static class QueryServiceCollectionExtensions
{
    /// <summary>Adds the services that answer questions. They need the storage tier.</summary>
    public static IServiceCollection AddObserveQuery(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<QueryOptions>().Bind(configuration.GetSection(QueryOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<QueryOptions>, QueryOptionsValidator>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<QuestionPlaces>();
        services.AddSingleton<QueryMeter>();
        services.AddSingleton<QuestionLine>();
        services.AddSingleton<LargeQuestions>();
        services.AddSingleton<SlowQueries>();
        services.AddSingleton<QuestionRegister>();
        services.AddSingleton<AnswerCache>();
        services.AddSingleton<IQueryEngine, QueryEngine>();
        services.AddSingleton<Explainer>();
        services.AddHostedService<SlowQueryLog>();
        services.AddSingleton<Api.AnswerFailures>();
        services.AddSingleton<References>();
        services.AddSingleton<RecordReader>();
        services.AddSingleton<SearchStreamReader>();
        services.AddSingleton<StreamedRows>();
        services.AddSingleton<KnownFields>();
        services.AddSingleton<IFieldTypes, FieldTypeReader>();
        services.AddSingleton<FieldNotices>();
        services.AddSingleton<EngineHealth>();
        services.AddSingleton<Readiness>();
        services.AddSingleton<ISearchService, SearchService>();
        services.AddSingleton<ITraceService, TraceService>();
        services.AddSingleton<ICorrelationService, CorrelationService>();
        services.AddSingleton<IServiceCatalog, ServiceCatalog>();
        services.AddSingleton<IServiceMapReader, ServiceMapReader>();
        services.AddSingleton<IFieldCatalog, FieldCatalog>();
        services.AddSingleton<FieldSampleReader>();
        services.AddSingleton<IFieldExplorer, FieldExplorer>();
        services.AddSingleton<IMetricBrowser, EngineMetricBrowser>();
        services.AddSingleton<ILedgerService, LedgerService>();
        services.AddSingleton<MetricRefusals>();
        services.AddSingleton<ICardinalityService, CardinalityService>();
        services.AddOptions<TailOptions>().Bind(configuration.GetSection(TailOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<TailOptions>, TailOptionsValidator>();
        services.AddSingleton<TailService>();
        services.AddSingleton<ITailService>(provider => provider.GetRequiredService<TailService>());
        services.AddSingleton<MetricCatalog>();
        services.AddSingleton<SeriesIndex>();
        services.AddSingleton<PointBlocks>();
        services.AddSingleton<NumberReader>();
        services.AddSingleton<HistogramBounds>();
        services.AddSingleton<HistogramReader>();
        services.AddSingleton<ExponentialHistogramReader>();
        services.AddSingleton<SummaryReader>();
        services.AddSingleton<PointReaders>();
        services.AddSingleton<PartLabels>();
        services.AddSingleton<TargetCatalog>();
        services.AddSingleton<TargetSource>();
        services.AddSingleton<IMetricStore, EngineMetricStore>();
        services.AddSingleton<SeenSeries>();
        services.AddSingleton<LabelCatalog>();
        services.AddSingleton<SeriesBrowser>();
        services.AddSingleton<ExemplarReader>();
        services.AddSingleton<ExemplarBuckets>();
        services.AddSingleton<ExemplarFinder>();
        services.AddSingleton<IPromQLService, PromQLService>();
        services.AddMetrics();
        services.AddSingleton<MetricCollector>();
        services.AddHostedService<MetricCollection>();
        return services;
    }
}
