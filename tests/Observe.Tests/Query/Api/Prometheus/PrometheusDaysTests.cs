using Observe.Tests.Query.Cases;
using Observe.Tests.Query.PromQL.Selection;

namespace Observe.Tests.Query.Api.Prometheus;

/// <summary>What Prometheus's interface tells of metrics besides their values, over two days of them.</summary>
public sealed class PrometheusDaysTests(DayFixture fixture) : IClassFixture<DayFixture>
{
    public static TheoryData<string, string> Cases => CaseFile.Read("PromQL/days.txt");

    [Theory]
    [MemberData(nameof(Cases))]
    public Task Get_Request_IsAnsweredAsPrometheusDoes(string request, string expected) => PrometheusCase.AssertGetAsync(fixture.Client, request, expected);

    [Theory]
    [InlineData("healthy", "Observe is healthy.\n")]
    [InlineData("ready", "Observe is ready.\n")]
    public async Task Probe_OfARunningServer_SaysSo(string probe, string expected) =>
        Assert.Equal(expected, await fixture.Client.GetStringAsync($"/prometheus/-/{probe}", TestContext.Current.CancellationToken));
}
