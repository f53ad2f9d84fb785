using Observe.Query.PromQL.Naming;

namespace Observe.Tests.Query.PromQL.Naming;

public sealed class PrometheusNamesTests
{
    [Theory]
    [InlineData("http.server.request.duration", "s", false, false, "http_server_request_duration_seconds")]
    [InlineData("observe.ingest.bytes", "By", true, false, "observe_ingest_bytes_total")]
    [InlineData("observe.ingest.records.stored", "{record}", true, false, "observe_ingest_records_stored_total")]
    [InlineData("requests.total", "", true, false, "requests_total")]
    [InlineData("heap.total.allocated", "By", true, false, "heap_allocated_bytes_total")]
    [InlineData("heap.total", "By", false, true, "heap_total_bytes")]
    [InlineData("disk.read", "By/s", false, true, "disk_read_bytes_per_second")]
    [InlineData("pool.used", "1", false, true, "pool_used_ratio")]
    [InlineData("attempts", "1", true, false, "attempts_total")]
    [InlineData("cpu", "%", false, true, "cpu_percent")]
    [InlineData("2nd--try é", "ms", false, true, "_2nd_try_milliseconds")]
    [InlineData("total", "", true, false, "total")]
    [InlineData("job:rate", "", false, true, "job:rate")]
    public void Metric_NameAndUnit_FollowTheRules(string name, string unit, bool isCounter, bool isGauge, string expected)
    {
        Assert.Equal(expected, PrometheusNames.Metric(name, unit, isCounter, isGauge));
        string family = PrometheusNames.Family(name, unit, isCounter, isGauge);
        Assert.Equal(expected, isCounter ? $"{family}_total".TrimStart('_') : family);
    }

    [Theory]
    [InlineData("s", "seconds")]
    [InlineData("By/s", "bytes_per_second")]
    [InlineData("1/min", "per_min")]
    [InlineData("{request}", "")]
    [InlineData("1", "")]
    [InlineData("", "")]
    public void Unit_OfUcum_IsWords(string unit, string words) => Assert.Equal(words, PrometheusNames.Unit(unit));

    [Theory]
    [InlineData("gc.heap.generation", "gc_heap_generation")]
    [InlineData("http..route", "http_route")]
    [InlineData("0a:b", "key_0a_b")]
    [InlineData("__name__", "__name__")]
    [InlineData("größe", "gr_e")]
    public void Label_AnyName_IsValid(string name, string label) => Assert.Equal(label, PrometheusNames.Label(name));
}
