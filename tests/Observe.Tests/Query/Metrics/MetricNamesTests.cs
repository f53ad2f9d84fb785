using Observe.Query.Metrics;

namespace Observe.Tests.Query.Metrics;

public sealed class MetricNamesTests
{
    [Theory]
    [InlineData("observe.ingest.insert.duration", "s", MetricKind.Histogram, "observe_ingest_insert_duration_seconds", "seconds")]
    [InlineData("observe.ingest.bytes", "By", MetricKind.Counter, "observe_ingest_bytes", "bytes")]
    [InlineData("observe.ingest.records.stored", "{record}", MetricKind.Counter, "observe_ingest_records_stored", "")]
    [InlineData("requests.total", null, MetricKind.Counter, "requests", "")]
    [InlineData("disk.read", "By/s", MetricKind.Gauge, "disk_read_bytes_per_second", "bytes_per_second")]
    [InlineData("pool.used", "1", MetricKind.Gauge, "pool_used_ratio", "ratio")]
    [InlineData("attempts", "1", MetricKind.Counter, "attempts", "")]
    [InlineData("cpu", "%", MetricKind.Gauge, "cpu_percent", "percent")]
    [InlineData("2nd--try é", "ms", MetricKind.Gauge, "_2nd_try_milliseconds", "milliseconds")]
    public void Family_NameAndUnit_FollowTheRules(string name, string? unit, object kind, string family, string suffix) =>
        Assert.Equal((family, suffix), MetricNames.Family(name, unit, (MetricKind)kind));

    [Theory]
    [InlineData("gc.heap.generation", "gc_heap_generation")]
    [InlineData("0a:b", "_0a_b")]
    [InlineData("", "_")]
    public void Label_AnyName_IsValid(string name, string label) => Assert.Equal(label, MetricNames.Label(name));
}
