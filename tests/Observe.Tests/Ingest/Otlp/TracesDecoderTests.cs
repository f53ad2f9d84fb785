using System.Text.Json;
using Observe.Ingest.Otlp;
using Observe.Storage.Results;

namespace Observe.Tests.Ingest.Otlp;

public sealed class TracesDecoderTests
{
    [Fact]
    public void Decode_EveryFieldSet_LandsInItsColumn()
    {
        ResultBlock row = new Decoded(OtlpSignal.Traces).Add(OtlpSamples.Traces).Rows("spans");

        Assert.Equal((long)OtlpWriter.Time, row["Timestamp"].GetInt64(0));
        Assert.Equal(1_000, row["DurationNs"].GetInt64(0));
        Assert.Equal("a=b", row["TraceState"].GetString(0));
        Assert.Equal(0x301ul, row["Flags"].GetUInt64(0));
        Assert.Equal("GET /", row["Name"].GetString(0));
        Assert.Equal(2, row["Kind"].GetInt64(0));
        Assert.Equal(2, row["StatusCode"].GetInt64(0));
        Assert.Equal("it broke", row["StatusMessage"].GetString(0));
        Assert.Equal("my.service", row["ServiceName"].GetString(0));
        LogsDecoderTests.AssertAllKinds(row.Json("Attributes"));
        Assert.Equal(4ul, row["DroppedAttributesCount"].GetUInt64(0));
        Assert.Equal([(long)OtlpWriter.Time + 10], row.Array("Events.Timestamp"));
        Assert.Equal(["exception"], row.Array("Events.Name"));
        Assert.Equal(5L, Convert.ToInt64(Assert.Single(row.Array("Events.DroppedAttributesCount"))));
        Assert.Equal(6ul, row["DroppedEventsCount"].GetUInt64(0));
        Assert.Equal(["c=d"], row.Array("Links.TraceState"));
        Assert.Equal(9L, Convert.ToInt64(Assert.Single(row.Array("Links.Flags"))));
        Assert.Equal(7L, Convert.ToInt64(Assert.Single(row.Array("Links.DroppedAttributesCount"))));
        Assert.Equal(8ul, row["DroppedLinksCount"].GetUInt64(0));
        Assert.Equal(["4711"], row.Array("CorrelationIds"));
        AssertAllKindsAsText(Assert.IsType<string>(Assert.Single(row.Array("Events.Attributes"))));
        AssertAllKindsAsText(Assert.IsType<string>(Assert.Single(row.Array("Links.Attributes"))));
    }

    [Theory]
    [InlineData(10ul, 7ul, 10, -3)]
    [InlineData(10ul, 0ul, 10, 0)]
    [InlineData(0ul, 7ul, 7, 0)]
    [InlineData(0ul, 0ul, Decoded.ReceivedAt, 0)]
    [InlineData(1ul, ulong.MaxValue, 1, long.MaxValue - 1)]
    public void Decode_OddTimes_GiveAStartAndADuration(ulong start, ulong end, long timestamp, long duration)
    {
        ResultBlock row = Decoded.Spans(span => span.Bytes(1, OtlpWriter.TraceId).Bytes(2, OtlpWriter.SpanId).Fixed64(7, start).Fixed64(8, end));

        Assert.Equal(timestamp, row["Timestamp"].GetInt64(0));
        Assert.Equal(duration, row["DurationNs"].GetInt64(0));
    }

    [Fact]
    public void Decode_EnumValuesThatNobodyDefined_CountAsUnset()
    {
        ResultBlock row = Decoded.Spans(span => span.Bytes(1, OtlpWriter.TraceId).Bytes(2, OtlpWriter.SpanId).Varint(6, 77).Sub(15, s => s.Varint(3, 5)));

        Assert.Equal(0, row["Kind"].GetInt64(0));
        Assert.Equal(0, row["StatusCode"].GetInt64(0));
        Assert.Empty(row.Array("Events.Name"));
    }

    private static void AssertAllKindsAsText(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        JsonElement attributes = document.RootElement;
        Assert.Equal("-10", attributes.GetProperty("int").GetRawText());
        Assert.Equal("[1.0,\"NaN\"]", attributes.GetProperty("doubles").GetRawText());
        Assert.Equal("[1,\"a\",null,[2],{\"k\":3}]", attributes.GetProperty("mixed").GetRawText());
        Assert.Equal("{\"some.key\":\"x\",\"deep\":{\"er\":5},\"hollow\":{}}", attributes.GetProperty("map").GetRawText());
        Assert.Equal("AAH/", attributes.GetProperty("bytes").GetString());
    }
}
