using Observe.Query.Cardinality;
using Observe.Query.PromQL.Evaluation;
using Observe.Query.PromQL.Selection.Targets;

namespace Observe.Query.PromQL.Selection;

/// <summary>The metrics in the engine.</summary>
internal sealed class EngineMetricStore(MetricCatalog catalog, SeriesIndex index, PointReaders readers, TargetSource targets, MetricRefusals refusals) : IMetricStore
{
    public IMetricSource Open(SelectorTimes times, AnnotationLog log) =>
        new EngineMetricSource(new SelectedSeries(catalog, index, targets, new RefusalWarnings(refusals, log), times), readers, targets);
}
