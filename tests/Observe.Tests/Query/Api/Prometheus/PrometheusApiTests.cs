using System.Net;
using System.Text.Json;
using Observe.Tests.Query.Cases;
using Observe.Tests.Query.PromQL.Selection;

namespace Observe.Tests.Query.Api.Prometheus;

/// <summary>Prometheus's HTTP interface over metrics that came as OTLP.</summary>
public sealed class PrometheusApiTests(MetricFixture fixture) : IClassFixture<MetricFixture>
{
    private const string Root = PrometheusCase.Root;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> Cases => CaseFile.Read("PromQL/http.txt");

    [Theory]
    [MemberData(nameof(Cases))]
    public Task Get_Request_IsAnsweredAsPrometheusDoes(string request, string expected) => PrometheusCase.AssertGetAsync(fixture.Client, request, expected);

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Post_Form_IsAnsweredAsAGetIs(string request, string expected)
    {
        (string route, List<KeyValuePair<string, string>> parameters) = PrometheusCase.Parts(request);
        if (route.StartsWith("label/", StringComparison.Ordinal) || route.StartsWith("status/", StringComparison.Ordinal))
        {
            return;
        }

        using HttpResponseMessage answer = await fixture.Client.PostAsync($"{Root}{route}", new FormUrlEncodedContent(parameters), Token);
        await PrometheusCase.AssertAsync(expected, answer);
    }

    [Theory]
    [InlineData("label/job/values")]
    [InlineData("status/buildinfo")]
    public async Task Post_RouteThatIsOnlyRead_IsRefused(string route)
    {
        using HttpResponseMessage answer = await fixture.Client.PostAsync($"{Root}{route}", null, Token);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
    }

    [Fact]
    public async Task Query_ParametersInAddressAndForm_AreBothRead()
    {
        using var form = new FormUrlEncodedContent([new("query", "time()")]);
        using HttpResponseMessage answer = await fixture.Client.PostAsync($"{Root}query?time=5", form, Token);
        await PrometheusCase.AssertAsync("""200 {"status":"success","data":{"resultType":"scalar","result":[5,"5"]}}""", answer);
    }

    [Fact]
    public async Task BuildInfo_Version_IsOneThatClientsKnow()
    {
        JsonElement data = await DataAsync("status/buildinfo");
        Assert.StartsWith("3.", data.GetProperty("version").GetString(), StringComparison.Ordinal);
        Assert.Equal("Observe", data.GetProperty("application").GetString());
    }

    [Fact]
    public async Task Series_Selectors_GiveTheLabelsOfWhatAnyOfThemMeans()
    {
        JsonElement data = await DataAsync("series?match[]=queue_length{job=\"mailer\"}&match[]=temperature_celsius&match[]=queue_length{job=~\"m.*\"}");
        Assert.Equal(
            ["queue_length mailer", "temperature_celsius eu/shop"],
            data.EnumerateArray().Select(labels => $"{labels.GetProperty("__name__").GetString()} {labels.GetProperty("job").GetString()}").Order());
    }

    [Fact]
    public async Task LabelValues_Name_ListsEveryMetricInPrometheussForm()
    {
        JsonElement data = await DataAsync("label/__name__/values");
        string[] names = [.. data.EnumerateArray().Select(name => name.GetString()!)];
        Assert.Contains("http_requests_total", names);
        Assert.Contains("http_server_request_duration_seconds_bucket", names);
        Assert.Contains("payload_size_bytes", names);
        Assert.Contains("gc_pause_seconds_sum", names);
        Assert.DoesNotContain("http.requests", names);
        Assert.Equal(names.Order(StringComparer.Ordinal), names);
    }

    private async Task<JsonElement> DataAsync(string path)
    {
        using HttpResponseMessage answer = await fixture.Client.GetAsync(Root + path, Token);
        string text = await answer.Content.ReadAsStringAsync(Token);
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonDocument.Parse(text).RootElement.GetProperty("data");
    }
}
