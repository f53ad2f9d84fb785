using Observe.Storage.Engine;
using Observe.Tests.Storage;
using static Observe.Tests.Query.PromQL.Selection.MetricMessages;

namespace Observe.Tests.Query.PromQL.Selection;

/// <summary>As <see cref="MetricFixture"/>, with metrics that share a name, or that have one name in Prometheus's form, and attributes that have the names of its labels.</summary>
public sealed class ClashFixture(EngineFixture engines) : MetricFixture(engines)
{
    protected override Task InsertAsync(IStorageEngine engine) => MetricSeed.InsertAsync(engine, Request(
        [("service.name", "hand"), ("service.instance.id", "i-1")],
        Gauge("wait.time", "s", None, 1, 1, 1, 1, 1, 1),
        Gauge("wait.time", "ms", None, 1000, 1000, 1000, 1000, 1000, 1000),
        Gauge("wait_time", "s", None, 3, 3, 3, 3, 3, 3),
        Gauge("batch.runs", "", Text("job", "nightly"), 5, 5, 5, 5, 5, 5),
        Gauge("batch.runs", "", Text("job", "hourly"), 6, 6, 6, 6, 6, 6),
        Gauge("batch.size", "", Text("instance", "large"), 7, 7, 7, 7, 7, 7)));
}
