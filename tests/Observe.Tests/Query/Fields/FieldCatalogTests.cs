using Observe.Query.Fields;
using Observe.Query.Search;
using Observe.Query.Time;
using Observe.Tests.Query.Seeds;

namespace Observe.Tests.Query.Fields;

public sealed class FieldCatalogTests(QueryFixture fixture) : IClassFixture<QueryFixture>
{
    [Fact]
    public async Task GetFields_Logs_ColumnsFirstThenWhatWasSeen()
    {
        IReadOnlyList<FieldInfo> fields = await GetAsync(Seed.Range);
        Assert.Equal("timestamp", fields[0].Name);
        Assert.Contains(fields, field => field is { Name: "severity", Source: "column" });
        Assert.Equal(
            ["host.name resource string", "msg body string", "tags attribute array", "user.id attribute int,string", "user.id resource string"],
            fields.Where(field => field.Source != "column" && field.Name is "host.name" or "msg" or "tags" or "user.id").Select(field => $"{field.Name} {field.Source} {string.Join(',', field.Types)}"));
    }

    [Fact]
    public async Task GetFields_OtherDay_ColumnsAlone() =>
        Assert.All(await GetAsync(new TimeRange(0, Seed.Second)), field => Assert.Equal("column", field.Source));

    private Task<IReadOnlyList<FieldInfo>> GetAsync(TimeRange range) =>
        fixture.Get<IFieldCatalog>().GetFieldsAsync(SearchSignal.Logs, range, TestContext.Current.CancellationToken);
}
