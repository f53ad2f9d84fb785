using System.Text;
using Observe.Ingest.Memory;
using Observe.Ingest.Otlp;
using Observe.Ingest.Otlp.Json;
using Observe.Storage.Results;

namespace Observe.Tests.Ingest.Otlp;

/// <summary>The ids that stand in stored rows. Changing what these tests hold would cut new rows off from old ones.</summary>
public sealed class IdentityTests
{
    [Fact]
    public void Ids_OfAKnownRequest_NeverChange()
    {
        ResultBlock log = new Decoded(OtlpSignal.Logs).Add(OtlpSamples.Logs).Rows("logs");
        ResultBlock series = new Decoded(OtlpSignal.Metrics).Add(OtlpSamples.Metrics).Rows("metric_series");

        Assert.Equal("F95C587F09294A9C", $"{log["ResourceId"].GetUInt64(0):X16}");
        Assert.Equal("90F9BE3CA4B2E410", $"{log["ScopeId"].GetUInt64(0):X16}");
        Assert.Equal("1DAD0D5972D3EBD1", $"{series["SeriesId"].GetUInt64(0):X16}");
    }

    [Fact]
    public void ResourceId_ProtobufAndJsonInAnyOrder_AreTheSame()
    {
        byte[] protobuf = ProtoWriter.Message(request => request.Sub(1, envelope => envelope
            .Sub(1, r => r.Attribute(1, "service.name", v => v.String(1, "a")).Attribute(1, "n", v => v.Int(3, 5)))
            .Sub(2, s => s.Sub(2, OtlpWriter.Log("x")))));
        const string json = """
            {"resourceLogs":[{"scopeLogs":[{"logRecords":[{"body":{"stringValue":"x"}}]}],
              "resource":{"droppedAttributesCount":0,"attributes":[{"key":"n","value":{"intValue":"5"}},{"key":"service.name","value":{"stringValue":"a"}}]}}]}
            """;
        using var transcoded = new PooledBuffer(new BudgetShare(new IngestBudget(2 * (1 << 20))), 1 << 20);
        OtlpJsonTranscoder.Transcode(OtlpSignal.Logs, Encoding.UTF8.GetBytes(json), transcoded);

        Decoded decoded = new Decoded(OtlpSignal.Logs).Add(protobuf).Add(transcoded.Span.ToArray());

        Assert.Equal(decoded.Rows("logs")["ScopeId"].GetUInt64(0), decoded.Rows("logs")["ScopeId"].GetUInt64(1));
        Assert.Equal(decoded.Rows("logs")["ResourceId"].GetUInt64(0), decoded.Rows("logs")["ResourceId"].GetUInt64(1));
    }

    [Theory]
    [InlineData("int")]
    [InlineData("missing")]
    [InlineData("dropped")]
    public void ResourceId_AnotherTypeOrCount_IsAnother(string difference)
    {
        static byte[] Request(Action<ProtoWriter> resource) => ProtoWriter.Message(
            request => request.Sub(1, envelope => envelope.Sub(1, resource).Sub(2, s => s.Sub(2, OtlpWriter.Log("x")))));
        byte[] first = Request(r => r.Attribute(1, "n", v => v.String(1, "5")));
        byte[] second = Request(r => _ = difference switch
        {
            "int" => r.Attribute(1, "n", v => v.Int(3, 5)),
            "missing" => r,
            _ => r.Attribute(1, "n", v => v.String(1, "5")).Varint(2, 1),
        });

        ResultBlock logs = new Decoded(OtlpSignal.Logs).Add(first).Add(second).Rows("logs");

        Assert.NotEqual(logs["ResourceId"].GetUInt64(0), logs["ResourceId"].GetUInt64(1));
    }
}
