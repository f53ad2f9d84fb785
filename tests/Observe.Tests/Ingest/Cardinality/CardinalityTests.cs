using System.Diagnostics.Metrics;
using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Observe.Ingest.Otlp.Decoding;
using Observe.Ingest.Wire;
using Observe.Storage.Engine;
using Observe.Storage.Results;
using Observe.Tests.Hosting;
using Observe.Tests.Ingest.Journal;
using Observe.Tests.Storage;

namespace Observe.Tests.Ingest.Cardinality;

/// <summary>Limits of series and values, from a socket into the real engine and back, and over a restart.</summary>
public sealed class CardinalityTests(EngineFixture engines)
{
    private const string SeriesLimit = "Observe:Ingest:Cardinality:MaxSeriesPerMetric";
    private const string KeyLimit = "Observe:Ingest:Cardinality:MaxValuesPerKey";

    private static readonly ulong Now = (ulong)UnixTime.Now(TimeProvider.System);

    private ulong _time = Now;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Post_MoreSeriesThanTheLimit_RefusesFurtherOnesAndGoesOnWithAllOthers()
    {
        IStorageEngine engine = await engines.DatabaseAsync("cardinality_series");
        await using IngestHost host = await IngestHost.StartAsync(engine, (SeriesLimit, "5"));

        // The limit is reached in the middle of a request: what is too much of it is known when it is decoded.
        Assert.Equal("", await PostAsync(host, Points("runaway", "user", 0..8), Points("sane", "user", 0..3)));
        Assert.Equal((5, 5, 3, 3), await CountsAsync(engine));

        // From then on the sender is told.
        string answer = await PostAsync(host, Points("runaway", "user", 3..8), Points("sane", "user", 0..3));
        Assert.Equal(
            "3: 3 rejected: their metric has as many series today as Observe:Ingest:Cardinality:MaxSeriesPerMetric allows, and these are not among them. " +
            "Metrics at their limit: runaway.",
            answer);
        Assert.Equal((5, 7, 3, 6), await CountsAsync(engine));
        Assert.Equal(["runaway  checkout 6"], await RefusalsAsync(engine));
        Assert.Equal(["received 19", "rejected 6 metric_series_limit", "stored 13"], await LedgerAsync(engine));
    }

    [Fact]
    public async Task Post_MoreValuesOfAKeyThanTheLimit_RefusesNewValuesOnly()
    {
        IStorageEngine engine = await engines.DatabaseAsync("cardinality_keys");
        await using IngestHost host = await IngestHost.StartAsync(engine, (KeyLimit, "4"));

        Assert.Equal("", await PostAsync(host, Points("runaway", "user", 0..6), Points("sane", "user", 0..1)));

        // A known value with a new value of another key is a new series, and so is one without the key at all.
        string answer = await PostAsync(
            host, Points("runaway", "user", 2..5, ("code", "500")), Points("runaway", "route", 0..3));
        Assert.StartsWith("1: 1 rejected: an attribute has as many values in their metric today as Observe:Ingest:Cardinality:MaxValuesPerKey allows", answer, StringComparison.Ordinal);
        Assert.EndsWith("Metrics at their limit: runaway (user).", answer, StringComparison.Ordinal);
        Assert.Equal((4 + 2 + 3, 9, 1, 1), await CountsAsync(engine));
        Assert.Equal(["runaway user checkout 3"], await RefusalsAsync(engine));
        Assert.Equal(["received 13", "rejected 3 metric_key_limit", "stored 10"], await LedgerAsync(engine));
    }

    [Theory]
    [InlineData(SeriesLimit, "metric_series_limit")]
    [InlineData(KeyLimit, "metric_key_limit")]
    public async Task Post_AfterARestart_KnowsWhatWasStoredBefore(string limit, string reason)
    {
        IStorageEngine engine = await engines.DatabaseAsync($"cardinality_restart_{reason}");
        await using (IngestHost before = await IngestHost.StartAsync(engine, (limit, "5")))
        {
            await PostAsync(before, Points("runaway", "user", 0..8));
        }

        await using IngestHost after = await IngestHost.StartAsync(engine, (limit, "5"));
        await PostAsync(after, Points("runaway", "user", 3..12));

        Assert.Equal((5, 5 + 2, 0, 0), await CountsAsync(engine));
        Assert.Contains($"rejected 10 {reason}", await LedgerAsync(engine));
    }

    [Theory]
    [InlineData("string")]
    [InlineData("int")]
    [InlineData("double")]
    [InlineData("bool")]
    public async Task Post_AfterARestart_KnowsValuesOfEachType(string type)
    {
        // Two values fill the limit; both come again with a new series, and one more that is new.
        (Action<ProtoWriter> A, Action<ProtoWriter> B, Action<ProtoWriter> C) values = type switch
        {
            "string" => (v => v.String(1, "ä"), v => v.String(1, ""), v => v.String(1, "c")),
            "int" => (v => v.Int(3, -7), v => v.Int(3, long.MaxValue), v => v.Int(3, 8)),
            "double" => (v => v.Double(4, 0.1), v => v.Double(4, -1e300), v => v.Double(4, 5)),
            _ => (v => v.Int(2, 1), v => v.Int(2, 0), v => v.Int(3, 1)),
        };
        IStorageEngine engine = await engines.DatabaseAsync($"cardinality_type_{type}");
        await using (IngestHost before = await IngestHost.StartAsync(engine, (KeyLimit, "2")))
        {
            await PostAsync(before, Gauge("runaway", Point(values.A, "1"), Point(values.B, "1")));
        }

        await using IngestHost after = await IngestHost.StartAsync(engine, (KeyLimit, "2"));
        await PostAsync(after, Gauge("runaway", Point(values.A, "2"), Point(values.B, "2"), Point(values.C, "2")));

        Assert.Equal((4, 4, 0, 0), await CountsAsync(engine));
    }

    [Fact]
    public async Task Post_OfAllKindsOfPoints_AreRefusedWithTheirExemplars()
    {
        IStorageEngine engine = await engines.DatabaseAsync("cardinality_kinds");
        await using IngestHost host = await IngestHost.StartAsync(engine, (SeriesLimit, "1"));
        Action<ProtoWriter> Labelled(string value, Action<ProtoWriter> rest, int attributes) => point =>
        {
            point.Attribute(attributes, "user", v => v.String(1, value)).Fixed64(3, Now);
            rest(point);
        };
        Action<ProtoWriter> Metric(string name, int field, Action<ProtoWriter> rest, int attributes) => metric => metric.String(1, name).Sub(field, data => data
            .Sub(1, Labelled("a", rest, attributes)).Sub(1, Labelled("b", rest, attributes)).Int(2, 2));
        Action<ProtoWriter> exemplar = e => e.Fixed64(2, Now).Double(3, 1);
        byte[] request = OtlpWriter.Request(
            Metric("gauge", 5, p => p.Double(4, 1).Sub(5, exemplar), 7), Metric("sum", 7, p => p.Double(4, 1).Sub(5, exemplar), 7),
            Metric("histogram", 9, p => p.Fixed64(4, 1).Sub(8, exemplar), 9), Metric("exponential", 10, p => p.Fixed64(4, 1).Sub(11, exemplar), 1),
            Metric("summary", 11, p => p.Fixed64(4, 1), 7));

        await PostAsync(host, request);
        string answer = await PostAsync(host, [.. request, .. OtlpWriter.Request(Points("sane", "user", 0..1))]);

        Assert.StartsWith("5: 5 rejected:", answer, StringComparison.Ordinal);
        Assert.EndsWith("Metrics at their limit: exponential, gauge, histogram, sum, summary.", answer, StringComparison.Ordinal);
        ResultBlock rows = await QueryAsync(engine, """
            SELECT (SELECT count() FROM number_points) + (SELECT count() FROM histogram_points) + (SELECT count() FROM exponential_histogram_points)
              + (SELECT count() FROM summary_points) AS points, (SELECT count() FROM exemplars) AS exemplars, (SELECT uniq(SeriesId) FROM metric_series) AS series
            """);
        Assert.Equal((11UL, 8UL, 6UL), (rows["points"].GetUInt64(0), rows["exemplars"].GetUInt64(0), rows["series"].GetUInt64(0)));
    }

    [Fact]
    public async Task Post_BeyondALimit_IsLoggedOnceAMetricAndCounted()
    {
        IStorageEngine engine = await engines.DatabaseAsync("cardinality_log");
        var log = new LogLines();
        var counted = new List<string>();
        await using IngestHost host = await IngestHost.StartJournalAsync(
            engine, services => services.AddLogging(logging => logging.AddProvider(new Provider(log))), (SeriesLimit, "2"), (KeyLimit, "1"));
        using var listener = new MeterListener();
        IMeterFactory meters = host.Services.GetRequiredService<IMeterFactory>();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Name == "observe.ingest.metric.points.refused" && instrument.Meter.Scope == meters)
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, value, tags, _) =>
        {
            lock (counted)
            {
                counted.Add($"{value} {string.Join(' ', tags.ToArray().Select(tag => tag.Value))}");
            }
        });
        listener.Start();

        for (int i = 0; i < 3; i++)
        {
            await PostAsync(host, Points("too\nmany", "user", 0..5), Gauge("runaway", Enumerable.Range(0, 5).Select(n => LabelOf($"key{n}", "a"))));
            await host.DrainAsync();
        }

        Assert.StartsWith("Attribute user of metric too?many has reached its limit of values on", Assert.Single(log.Of(2021)), StringComparison.Ordinal);
        Assert.StartsWith("Metric runaway has reached its limit of series on", Assert.Single(log.Of(2020)), StringComparison.Ordinal);
        await Eventually.TrueAsync("three batches are counted", () => Count() == 6);
        Assert.Equal(["3 runaway  checkout metric_series_limit", "4 too\nmany user checkout metric_key_limit"], counted.Distinct().Order(StringComparer.Ordinal));

        int Count()
        {
            lock (counted)
            {
                return counted.Count;
            }
        }
    }

    [Fact]
    public async Task Post_OnAnotherDay_BeginsAnew()
    {
        IStorageEngine engine = await engines.DatabaseAsync("cardinality_days");
        await using IngestHost host = await IngestHost.StartAsync(engine, (SeriesLimit, "2"));

        await PostAsync(host, Points("runaway", "user", 0..3));
        _time -= 86_400UL * 1_000_000_000;
        await PostAsync(host, Points("runaway", "user", 5..8));
        _time -= 365 * 86_400UL * 1_000_000_000;
        await PostAsync(host, Points("runaway", "user", 0..3));

        ResultBlock rows = await QueryAsync(engine, "SELECT groupArray(n) AS counts FROM (SELECT Day, toUInt64(uniq(SeriesId)) AS n FROM metric_series GROUP BY Day)");
        Assert.Equal([2UL, 2, 2], rows["counts"].GetUInt64Array(0));
    }

    [Fact]
    public async Task Post_WithoutLimits_TakesEverySeries()
    {
        IStorageEngine engine = await engines.DatabaseAsync("cardinality_unlimited");
        await using IngestHost host = await IngestHost.StartAsync(engine, (SeriesLimit, "0"), (KeyLimit, "0"));

        Assert.Equal("", await PostAsync(host, Points("runaway", "user", 0..3000)));
        Assert.Equal("", await PostAsync(host, Points("runaway", "user", 0..3000)));

        Assert.Equal((3000, 6000, 0, 0), await CountsAsync(engine));
        Assert.Empty(await RefusalsAsync(engine));
    }

    private static async Task<(int Runaway, int Points, int Sane, int SanePoints)> CountsAsync(IStorageEngine engine)
    {
        ResultBlock rows = await QueryAsync(engine, """
            SELECT toInt64(uniqIf(SeriesId, MetricName = 'runaway')) AS runaway, toInt64(uniqIf(SeriesId, MetricName = 'sane')) AS sane,
              (SELECT toInt64(countIf(MetricName = 'runaway')) FROM number_points) AS runawayPoints,
              (SELECT toInt64(countIf(MetricName = 'sane')) FROM number_points) AS sanePoints
            FROM metric_series
            """);
        return ((int)rows["runaway"].GetInt64(0), (int)rows["runawayPoints"].GetInt64(0), (int)rows["sane"].GetInt64(0), (int)rows["sanePoints"].GetInt64(0));
    }

    private static async Task<string[]> RefusalsAsync(IStorageEngine engine) =>
        Texts(await engine.QueryAllAsync(
            new SqlStatement("SELECT concat(MetricName, ' ', AttributeKey, ' ', ServiceName, ' ', toString(sum(Points))) AS t FROM metric_refusals GROUP BY MetricName, AttributeKey, ServiceName ORDER BY t"),
            Token));

    private static async Task<string[]> LedgerAsync(IStorageEngine engine) =>
        Texts(await engine.QueryAllAsync(
            new SqlStatement("SELECT trim(BOTH ' ' FROM concat(toString(Outcome), ' ', toString(sum(Records)), ' ', Reason)) AS t FROM ingest_ledger GROUP BY Outcome, Reason ORDER BY t"),
            Token));

    private static string[] Texts(IReadOnlyList<ResultBlock> blocks) =>
        [.. blocks.SelectMany(block => Enumerable.Range(0, block.RowCount).Select(row => block["t"].GetString(row)))];

    private static async Task<ResultBlock> QueryAsync(IStorageEngine engine, string sql) =>
        Assert.Single(await engine.QueryAllAsync(new SqlStatement(sql), Token));

    /// <summary>Points of as many series, all at once; each call is a moment later.</summary>
    private Action<ProtoWriter> Points(string metric, string key, Range values, params (string Key, string Value)[] more)
    {
        ulong time = ++_time;
        (int start, int length) = values.GetOffsetAndLength(int.MaxValue);
        return Gauge(metric, [.. Enumerable.Range(start, length).Select(n => (Action<ProtoWriter>)(point =>
        {
            point.Attribute(7, key, v => v.String(1, $"{key}-{n}"));
            foreach ((string other, string value) in more)
            {
                point.Attribute(7, other, v => v.String(1, value));
            }

            point.Fixed64(3, time).Double(4, n);
        }))]);
    }

    private static Action<ProtoWriter> LabelOf(string key, string value) => point => point.Attribute(7, key, v => v.String(1, value)).Fixed64(3, Now).Double(4, 1);

    private static Action<ProtoWriter> Point(Action<ProtoWriter> value, string more) =>
        point => point.Attribute(7, "user", value).Attribute(7, "more", v => v.String(1, more)).Fixed64(3, Now).Double(4, 1);

    private static Action<ProtoWriter> Gauge(string name, params IEnumerable<Action<ProtoWriter>> points) => metric => metric.String(1, name).Sub(5, gauge =>
    {
        foreach (Action<ProtoWriter> point in points)
        {
            gauge.Sub(1, point);
        }
    });

    private static Task<string> PostAsync(IngestHost host, params Action<ProtoWriter>[] metrics) => PostAsync(host, OtlpWriter.Request("checkout", metrics));

    /// <returns>How many points were rejected and why, as the sender is told; empty when it is told nothing.</returns>
    private static async Task<string> PostAsync(IngestHost host, byte[] request)
    {
        using var content = new ByteArrayContent(request) { Headers = { { "Content-Type", "application/x-protobuf" } } };
        using HttpResponseMessage response = await host.Http.PostAsync("/v1/metrics", content, Token);
        byte[] answer = await response.Content.ReadAsByteArrayAsync(Token);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return answer.Length == 0 ? "" : ReadPartialSuccess(answer);
    }

    private static string ReadPartialSuccess(byte[] answer)
    {
        var response = new WireReader(answer, "ExportMetricsServiceResponse");
        response.ReadTag();
        var partial = new WireReader(response.ReadBytes(), "ExportMetricsPartialSuccess");
        partial.ReadTag();
        ulong rejected = partial.ReadVarint();
        partial.ReadTag();
        return $"{rejected}: {Encoding.UTF8.GetString(partial.ReadBytes())}";
    }

    private sealed class Provider(LogLines lines) : ILoggerProvider
    {
        public ILogger CreateLogger(string categoryName) => lines;

        public void Dispose()
        {
        }
    }
}
