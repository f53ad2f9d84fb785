using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Observe.Query.SelfMetrics;

namespace Observe.Tests.Query.SelfMetrics;

public sealed class MetricCollectorTests : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly MetricCollector _collector;
    private readonly Meter _meter;

    public MetricCollectorTests()
    {
        var factory = _services.GetRequiredService<IMeterFactory>();
        _meter = factory.Create("Observe.Test");
        _collector = new MetricCollector(factory, NullLogger<MetricCollector>.Instance);
        _collector.Start();
    }

    public void Dispose()
    {
        _collector.Dispose();
        _services.Dispose();
    }

    [Fact]
    public void Text_EveryKind_IsExact()
    {
        MeasureEveryKind();

        Assert.Equal(
            """
            # HELP test_bytes_total Bytes of\nwhat "came", \\ and went.
            # TYPE test_bytes_total counter
            test_bytes_total{signal="logs"} 12
            test_bytes_total{signal="spans"} 0.5
            # TYPE test_lag_seconds gauge
            test_lag_seconds 1.5
            # TYPE test_open gauge
            test_open -1
            # HELP test_wait_seconds How long.
            # TYPE test_wait_seconds histogram
            test_wait_seconds_bucket{outcome="a \"b\"\\\n",le="0.1"} 2
            test_wait_seconds_bucket{outcome="a \"b\"\\\n",le="1"} 3
            test_wait_seconds_bucket{outcome="a \"b\"\\\n",le="+Inf"} 4
            test_wait_seconds_sum{outcome="a \"b\"\\\n"} 7.65
            test_wait_seconds_count{outcome="a \"b\"\\\n"} 4

            """,
            Read(ExpositionFormat.Prometheus));
    }

    [Fact]
    public void OpenMetrics_EveryKind_IsExact()
    {
        MeasureEveryKind();

        Assert.Equal(
            """
            # HELP test_bytes Bytes of\nwhat \"came\", \\ and went.
            # TYPE test_bytes counter
            # UNIT test_bytes bytes
            test_bytes_total{signal="logs"} 12
            test_bytes_total{signal="spans"} 0.5
            # TYPE test_lag_seconds gauge
            # UNIT test_lag_seconds seconds
            test_lag_seconds 1.5
            # TYPE test_open gauge
            test_open -1
            # HELP test_wait_seconds How long.
            # TYPE test_wait_seconds histogram
            # UNIT test_wait_seconds seconds
            test_wait_seconds_bucket{outcome="a \"b\"\\\n",le="0.1"} 2
            test_wait_seconds_bucket{outcome="a \"b\"\\\n",le="1.0"} 3
            test_wait_seconds_bucket{outcome="a \"b\"\\\n",le="+Inf"} 4
            test_wait_seconds_sum{outcome="a \"b\"\\\n"} 7.65
            test_wait_seconds_count{outcome="a \"b\"\\\n"} 4
            # EOF

            """,
            Read(ExpositionFormat.OpenMetrics));
    }

    [Fact]
    public void Labels_AnyOrderAndValue_AreOneSeries()
    {
        Counter<long> counter = _meter.CreateCounter<long>("test.count");
        counter.Add(1, new("b.c", 5), new("a", null));
        counter.Add(2, new("a", null), new("b.c", 5));
        counter.Add(4, new("x.y", true), new("x_y", "two"));

        Assert.Equal(
            """
            # TYPE test_count_total counter
            test_count_total{a="",b_c="5"} 3
            test_count_total{x_y="true;two"} 4

            """,
            Read(ExpositionFormat.Prometheus));
    }

    [Fact]
    public void Observed_SeriesThatIsGone_IsNotShownAgain()
    {
        string[] senders = ["a", "b"];
        _meter.CreateObservableGauge("test.waiting", () => senders.Select(sender => new Measurement<long>(7, new KeyValuePair<string, object?>("sender", sender))));
        Assert.Contains("test_waiting{sender=\"a\"} 7\ntest_waiting{sender=\"b\"} 7\n", Read(ExpositionFormat.Prometheus), StringComparison.Ordinal);

        senders = ["b"];

        Assert.DoesNotContain("\"a\"", Read(ExpositionFormat.Prometheus), StringComparison.Ordinal);
    }

    [Fact]
    public void Gauge_OnceSet_KeepsItsValue()
    {
        _meter.CreateGauge<double>("test.level").Record(double.PositiveInfinity);
        Assert.Equal(Read(ExpositionFormat.Prometheus), Read(ExpositionFormat.Prometheus));
        Assert.Contains("test_level +Inf\n", Read(ExpositionFormat.Prometheus), StringComparison.Ordinal);
    }

    [Fact]
    public void Observation_ThatThrows_LeavesTheOthers()
    {
        _meter.CreateObservableGauge("test.broken", new Func<int>(() => throw new InvalidOperationException("broken")));
        _meter.CreateObservableGauge("test.whole", () => 3);

        Assert.Equal("# TYPE test_whole gauge\ntest_whole 3\n", Read(ExpositionFormat.Prometheus));
    }

    [Fact]
    public void Tags_MoreThanTheLimit_CountTogether()
    {
        Counter<long> counter = _meter.CreateCounter<long>("test.count");
        for (int i = 0; i < MetricFamily.MaxSeries + 10; i++)
        {
            counter.Add(1, new KeyValuePair<string, object?>("user", i));
        }

        string[] lines = Read(ExpositionFormat.Prometheus).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(MetricFamily.MaxSeries + 2, lines.Length);
        Assert.Contains("test_count_total{otel_metric_overflow=\"true\"} 10", lines);
    }

    [Fact]
    public void Meters_OfAnotherHostOrProgram_AreNotSeen()
    {
        using ServiceProvider other = new ServiceCollection().AddMetrics().BuildServiceProvider();
        other.GetRequiredService<IMeterFactory>().Create("Observe.Test").CreateCounter<long>("test.other").Add(1);
        using var foreign = new Meter("Somebody.Else");
        foreign.CreateCounter<long>("test.foreign").Add(1);

        Assert.Equal("", Read(ExpositionFormat.Prometheus));
    }

    [Fact]
    public void Names_OfTwoTypes_KeepTheFirst()
    {
        _meter.CreateCounter<long>("test.size", "By").Add(1);
        _meter.CreateHistogram<long>("test.size.bytes", "By").Record(1);

        Assert.Equal("# TYPE test_size_bytes_total counter\ntest_size_bytes_total 1\n", Read(ExpositionFormat.Prometheus));
    }

    [Fact]
    public async Task Counter_ManyThreads_LosesNothing()
    {
        Counter<long> counter = _meter.CreateCounter<long>("test.count");
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            for (int i = 0; i < 50_000; i++)
            {
                counter.Add(1, new KeyValuePair<string, object?>("n", (i % 7) switch { 0 => "a", _ => "b" }));
            }
        })));

        Assert.Contains("test_count_total{n=\"a\"} 28572\ntest_count_total{n=\"b\"} 171428\n", Read(ExpositionFormat.Prometheus), StringComparison.Ordinal);
    }

    [Fact]
    public void Measurement_TagsSeenBefore_AllocatesNothing()
    {
        Counter<long> counter = _meter.CreateCounter<long>("test.count");
        Histogram<double> histogram = _meter.CreateHistogram<double>("test.wait", "s");
        Measure(counter, histogram, 1000);

        long before = GC.GetAllocatedBytesForCurrentThread();
        Measure(counter, histogram, 10_000);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void Measure(Counter<long> counter, Histogram<double> histogram, int times)
    {
        for (int i = 0; i < times; i++)
        {
            counter.Add(1, new("signal", "logs"), new("outcome", "stored"));
            histogram.Record(0.2, new KeyValuePair<string, object?>("signal", "logs"));
        }
    }

    private void MeasureEveryKind()
    {
        Counter<double> bytes = _meter.CreateCounter<double>("test.bytes", "By", "Bytes of\nwhat \"came\", \\ and went.");
        bytes.Add(5, new KeyValuePair<string, object?>("signal", "logs"));
        bytes.Add(7, new KeyValuePair<string, object?>("signal", "logs"));
        bytes.Add(0.5, new KeyValuePair<string, object?>("signal", "spans"));
        _meter.CreateUpDownCounter<int>("test.open").Add(-1);
        _meter.CreateObservableGauge("test.lag", () => 1.5, "s");
        Histogram<double> wait = _meter.CreateHistogram(
            "test.wait", "s", "How long.", tags: null, new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.1, 1] });
        foreach (double value in new[] { 0.05, 0.1, 0.5, 7, double.NaN })
        {
            wait.Record(value, new KeyValuePair<string, object?>("outcome", "a \"b\"\\\n"));
        }
    }

    /// <summary>Without the runtime's own figures, which are there as well.</summary>
    private string Read(ExpositionFormat format) => _collector.Read(families =>
        ExpositionWriter.Write(families.Where(family => !family.Name.StartsWith("dotnet_", StringComparison.Ordinal)), format));
}
