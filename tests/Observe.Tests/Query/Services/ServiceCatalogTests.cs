using Observe.Query.Services;
using Observe.Query.Time;
using Observe.Tests.Query.Seeds;

namespace Observe.Tests.Query.Services;

public sealed class ServiceCatalogTests(QueryFixture fixture) : IClassFixture<QueryFixture>
{
    [Fact]
    public async Task GetServices_EntrySpansAndLogs_AreCountedByService()
    {
        IReadOnlyList<ServiceSummary> services = await GetAsync(Seed.Range);
        Assert.Equal(
            [
                new ServiceSummary("cart", 1, 0, 2, 2e9, 2e9, 2e9),
                new ServiceSummary("checkout", 1, 1, 2, 250e6, 250e6, 250e6),
                new ServiceSummary("other", 0, 0, 1, null, null, null),
            ],
            services);
    }

    [Fact]
    public async Task GetServices_NoEntrySpanInRange_CountsAllSpans()
    {
        IReadOnlyList<ServiceSummary> services = await GetAsync(new TimeRange(Seed.Base + (2 * Seed.Second), Seed.Base + (3 * Seed.Second)));
        Assert.Equal([new ServiceSummary("checkout", 1, 0, 1, 100e6, 100e6, 100e6)], services);
    }

    private Task<IReadOnlyList<ServiceSummary>> GetAsync(TimeRange range) =>
        fixture.Get<IServiceCatalog>().GetServicesAsync(range, TestContext.Current.CancellationToken);
}
