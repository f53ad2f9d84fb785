using Observe.Storage.Engine;
using Observe.Tests.Query.Correlation;
using Observe.Tests.Storage;
using static Observe.Tests.Query.PromQL.Selection.MetricMessages;

namespace Observe.Tests.Query.PromQL.Selection;

/// <summary>As <see cref="MetricFixture"/>, with more metrics than a query may mean, gauge_000 to gauge_599, and a gauge with more exemplars than an answer has.</summary>
public sealed class ManyFixture(EngineFixture engines) : MetricFixture(engines)
{
    public const int Metrics = 600;
    public const int Exemplars = 10_003;

    protected override async Task InsertAsync(IStorageEngine engine)
    {
        (string, string)[] resource = [("service.name", "many"), ("process.pid", "1")];
        await MetricSeed.InsertAsync(engine, Request(resource, [.. Enumerable.Range(0, Metrics).Select(number => Gauge($"gauge_{number:d3}", "", Text("part", $"{number % 7}"), 1))]));
        await MetricSeed.InsertAsync(engine, Request(resource, metric => metric.String(1, "traced").Sub(5, gauge => gauge.Sub(1, point =>
        {
            point.Fixed64(3, Arrivals.Base).Double(4, 1);
            for (ulong i = 0; i < Exemplars; i++)
            {
                ulong time = Arrivals.Base - (i * Arrivals.Second);
                double value = i;
                point.Sub(5, exemplar => exemplar.Fixed64(2, time).Double(3, value));
            }
        }))));
    }
}
