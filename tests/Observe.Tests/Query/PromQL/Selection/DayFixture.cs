using Observe.Storage.Engine;
using Observe.Tests.Storage;

namespace Observe.Tests.Query.PromQL.Selection;

/// <summary>As <see cref="MetricFixture"/>, with <see cref="DaySeed"/>. It is five minutes after the points of the second day.</summary>
public sealed class DayFixture(EngineFixture engines) : MetricFixture(engines)
{
    protected override TimeSpan Later => TimeSpan.FromDays(1);

    protected override Task InsertAsync(IStorageEngine engine) => DaySeed.InsertAsync(engine);
}
