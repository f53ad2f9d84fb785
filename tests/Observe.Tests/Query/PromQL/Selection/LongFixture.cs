using Observe.Storage.Engine;
using Observe.Tests.Storage;
using static Observe.Tests.Query.PromQL.Selection.MetricMessages;

namespace Observe.Tests.Query.PromQL.Selection;

/// <summary>As <see cref="MetricFixture"/>, with a counter of ten hours, a point a minute: one series that is reset and pauses, one that ends, one that begins late.</summary>
public sealed class LongFixture(EngineFixture engines) : MetricFixture(engines)
{
    public const int Minutes = 600;

    protected override TimeSpan Later => TimeSpan.FromMinutes(Minutes);

    protected override Task InsertAsync(IStorageEngine engine) => MetricSeed.InsertAsync(engine, Request(
        [("service.name", "long")],
        Sum("jobs", "", Text("kind", "reset"), isDelta: false, isMonotonic: true, Values(minute => minute % 47 == 13 ? null : minute % 101 * (minute % 7))),
        Sum("jobs", "", Text("kind", "ends"), isDelta: false, isMonotonic: true, Values(minute => minute < 31 ? minute * 3 : null)),
        Sum("jobs", "", Text("kind", "late"), isDelta: false, isMonotonic: true, Values(minute => minute > 200 ? minute * minute : null)),
        Sum("parts", "", Text("kind", "late"), isDelta: true, isMonotonic: true, Values(minute => minute % 5))));

    private static double?[] Values(Func<int, double?> value) => [.. Enumerable.Range(0, Minutes).Select(value)];
}
