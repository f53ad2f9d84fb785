using System.Net;
using System.Net.Http.Headers;
using Observe.Storage.Engine;
using Observe.Storage.Results;
using Observe.Tests.Ingest.Otlp;
using Observe.Tests.Storage;

namespace Observe.Tests.Ingest;

/// <summary>From a socket into the real engine and back.</summary>
public sealed class EndToEndTests(EngineFixture fixture)
{
    [Fact]
    public async Task Post_EverySignal_IsReadBackFromTheEngine()
    {
        IStorageEngine engine = await fixture.DatabaseAsync("ingest");
        await using IngestHost host = await IngestHost.StartAsync(engine);

        await PostAsync(host, "/v1/logs", OtlpSamples.Logs);
        await PostAsync(host, "/v1/traces", OtlpSamples.Traces);
        await PostAsync(host, "/v1/metrics", OtlpSamples.Metrics);

        ResultBlock log = await QueryAsync(engine, "SELECT * FROM logs");
        Assert.Equal((long)OtlpWriter.Time, log["Timestamp"].GetInt64(0));
        LogsDecoderTests.AssertAllKinds(log.Json("Attributes"));
        ResultBlock span = await QueryAsync(engine, "SELECT * FROM spans");
        Assert.Equal(["exception"], span.Array("Events.Name"));
        LogsDecoderTests.AssertAllKinds(span.Json("Attributes"));
        ResultBlock counts = await QueryAsync(engine, """
            SELECT (SELECT count() FROM metric_series) AS series, (SELECT count() FROM number_points) AS points,
              (SELECT count() FROM histogram_points) + (SELECT count() FROM exponential_histogram_points) + (SELECT count() FROM summary_points) AS others,
              (SELECT count() FROM histogram_points JOIN histogram_bounds USING (BoundsId) WHERE BoundsId = reinterpretAsUInt64(
                substring(SHA256(unhex(arrayStringConcat(arrayMap(b -> hex(b), Bounds)))), 1, 8)) AND length(Bounds) + 1 = length(BucketCounts)) AS bounded,
              (SELECT count() FROM exemplars) AS exemplars, (SELECT uniq(ResourceId) FROM resources) AS resources,
              (SELECT toString(toInt128(Value) + IntRemainder) FROM exemplars LIMIT 1) AS exact,
              (SELECT count() FROM logs WHERE ResourceId IN (SELECT ResourceId FROM resources) AND ScopeId IN (SELECT ScopeId FROM scopes)) AS referring,
              (SELECT count() FROM fields WHERE Signal = 'metrics' AND Source = 'attribute' AND Name = 'order.id') AS fields
            """);
        Assert.Equal(5ul, counts["series"].GetUInt64(0));
        Assert.Equal(2ul, counts["points"].GetUInt64(0));
        Assert.Equal(3ul, counts["others"].GetUInt64(0));
        Assert.Equal(1ul, counts["bounded"].GetUInt64(0));
        Assert.Equal(4ul, counts["exemplars"].GetUInt64(0));
        Assert.Equal(1ul, counts["resources"].GetUInt64(0));
        Assert.Equal("9223372036854775807", counts["exact"].GetString(0));
        Assert.Equal(1ul, counts["referring"].GetUInt64(0));
        Assert.Equal(1ul, counts["fields"].GetUInt64(0));
    }

    /// <summary>What a sender may do and no engine should stumble over.</summary>
    [Fact]
    public async Task Post_OddRecords_AreStored()
    {
        IStorageEngine engine = await fixture.DatabaseAsync("ingest_odd");
        await using IngestHost host = await IngestHost.StartAsync(engine);
        Action<ProtoWriter> deep = v => v.Int(3, 1);
        for (int depth = 0; depth < Observe.Ingest.Otlp.AttributeValidator.MaxDepth; depth++)
        {
            Action<ProtoWriter> inner = deep;
            deep = depth % 2 == 0 ? OtlpWriter.Array(inner) : OtlpWriter.Map(("k", inner));
        }

        Action<ProtoWriter>[] records =
        [
            OtlpWriter.LogWith("", v => v.Int(3, 1)),
            OtlpWriter.LogWith("..", v => v.Int(3, 1)),
            OtlpWriter.LogWith("a..b", v => v.Int(3, 1)),
            OtlpWriter.LogWith("`'\"\\\0", v => v.Int(3, 1)),
            OtlpWriter.LogWith("deep", deep),
            record => record.Fixed64(1, ulong.MaxValue),
            record => record.Fixed64(1, 1),
            record => record.Fixed64(1, OtlpWriter.Time).Attribute(6, "a", v => v.Int(3, 1)).Attribute(6, "a", v => v.Int(3, 2)).Attribute(6, "a#2", v => v.Int(3, 3)),
            .. Enumerable.Range(0, 300).Select(day => (Action<ProtoWriter>)(record => record.Fixed64(1, OtlpWriter.Time + ((ulong)day * 86_400_000_000_000)))),
        ];

        await PostAsync(host, "/v1/logs", OtlpWriter.Request(records));

        Assert.Equal((ulong)records.Length, (await QueryAsync(engine, "SELECT count() AS n FROM logs"))["n"].GetUInt64(0));
    }

    private static async Task PostAsync(IngestHost host, string path, byte[] body)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-protobuf");
        using HttpResponseMessage response = await host.Http.PostAsync(path, content, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    private static async Task<ResultBlock> QueryAsync(IStorageEngine engine, string sql) =>
        Assert.Single(await engine.QueryAllAsync(new SqlStatement(sql), TestContext.Current.CancellationToken));
}
