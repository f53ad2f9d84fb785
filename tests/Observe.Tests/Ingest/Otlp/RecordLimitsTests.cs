using System.Text;
using Observe.Ingest;
using Observe.Ingest.Otlp;
using Observe.Storage.Results;

namespace Observe.Tests.Ingest.Otlp;

public sealed class RecordLimitsTests
{
    private const long LastSecond = 4_294_943_999_000_000_000; // 2106-02-06 23:59:59
    private const ulong Beyond = 4_294_944_000_000_000_000;

    private static readonly string[] Characters = ["a", "b", "é", "😀"];

    private static readonly RecordLimits Tight = new(MaxAttributes: 3, MaxAttributeBytes: 5, MaxBodyBytes: 10);

    [Fact]
    public void Decode_MoreAttributesThanTheLimit_KeepsTheFirstAndCountsTheRest()
    {
        var decoded = new Decoded(OtlpSignal.Logs, Tight).Add(OtlpWriter.Request(record => record.Fixed64(1, OtlpWriter.Time).Varint(7, 10)
            .Attribute(6, "a", v => v.Int(3, 1))
            .Attribute(6, "m", OtlpWriter.Map(("x", v => v.Int(3, 2)), ("y", OtlpWriter.Array(v => v.Int(3, 3), v => v.Int(3, 4))), ("z", v => v.Int(3, 5))))
            .Attribute(6, "b", v => v.String(1, "longer than the limit, but dropped"))));

        ResultBlock rows = decoded.Rows("logs");

        Assert.Equal(["a", "m.x", "m.y"], rows.Json("Attributes").Keys.Order());
        Assert.Equal(12, rows["DroppedAttributesCount"].GetInt64(0));
        Assert.Equal((1, 1, 0), (decoded.Tally.Truncated, decoded.Tally[TruncateReason.AttributeCount], decoded.Tally[TruncateReason.AttributeBytes]));
    }

    [Theory]
    [InlineData("12345", "12345", 0)]
    [InlineData("123456", "12345", 1)]
    [InlineData("1234é", "1234", 1)]
    [InlineData("123é", "123é", 0)]
    [InlineData("12😀", "12", 1)]
    [InlineData("1😀", "1😀", 0)]
    public void Decode_LongText_IsCutBetweenCharacters(string sent, string stored, int truncated)
    {
        var decoded = new Decoded(OtlpSignal.Logs, Tight).Add(OtlpWriter.Request(OtlpWriter.LogWith("k", v => v.String(1, sent))));

        Assert.Equal(stored, decoded.Rows("logs").Json("Attributes")["k"]);
        Assert.Equal((truncated, truncated), (decoded.Tally.Truncated, decoded.Tally[TruncateReason.AttributeBytes]));
    }

    [Fact]
    public void Decode_LongTextsInArraysMapsAndBytes_AreCutEachAndTheRecordCountedOnce()
    {
        var decoded = new Decoded(OtlpSignal.Logs, Tight).Add(OtlpWriter.Request(record => record.Fixed64(1, OtlpWriter.Time)
            .Attribute(6, "a", OtlpWriter.Array(v => v.String(1, "abcdefg"), v => v.String(1, "hi")))
            .Attribute(6, "b", OtlpWriter.Array(OtlpWriter.Map(("in", v => v.String(1, "abcdefg"))), v => v.Int(3, 1)))
            .Attribute(6, "c", v => v.Bytes(7, 1, 2, 3, 4, 5, 6, 7))));

        IReadOnlyDictionary<string, object?> attributes = decoded.Rows("logs").Json("Attributes");

        Assert.Equal(["abcde", "hi"], Assert.IsType<object?[]>(attributes["a"]));
        object? map = Assert.IsType<object?[]>(attributes["b"])[0];
        Assert.Equal("abcde", Assert.IsAssignableFrom<IReadOnlyDictionary<string, object?>>(map)["in"]);
        Assert.Equal(Convert.ToBase64String([1, 2, 3, 4, 5]), attributes["c"]);
        Assert.Equal((1, 1), (decoded.Tally.Truncated, decoded.Tally[TruncateReason.AttributeBytes]));
    }

    [Theory]
    [InlineData("0123456789", "0123456789", 0)]
    [InlineData("0123456789a", "0123456789", 1)]
    [InlineData("012345678é", "012345678", 1)]
    public void Decode_LongBody_IsCutBetweenCharacters(string sent, string stored, int truncated)
    {
        var decoded = new Decoded(OtlpSignal.Logs, Tight).Add(OtlpWriter.Request(OtlpWriter.Log(sent)));

        Assert.Equal(stored, decoded.Rows("logs")["Body"].GetString(0));
        Assert.Equal((truncated, truncated), (decoded.Tally.Truncated, decoded.Tally[TruncateReason.BodyBytes]));
    }

    [Fact]
    public void Decode_StructuredBody_IsCutAsTextOnlyIfItWasSentTooLong()
    {
        var decoded = new Decoded(OtlpSignal.Logs, Tight).Add(OtlpWriter.Request(
            record => record.Fixed64(1, OtlpWriter.Time).Sub(5, OtlpWriter.Array(v => v.Int(3, 1), v => v.Int(3, 22))),
            record => record.Fixed64(1, OtlpWriter.Time).Sub(5, OtlpWriter.Map(("key", v => v.String(1, "some longer value"))))));

        ResultBlock rows = decoded.Rows("logs");

        Assert.Equal("[1,22]", rows["Body"].GetString(0));
        Assert.Equal("{\"key\":\"so", rows["Body"].GetString(1));
        Assert.Equal((1, 1), (decoded.Tally.Truncated, decoded.Tally[TruncateReason.BodyBytes]));
    }

    [Fact]
    public void Decode_LogBeyond2106_IsStoredAtTheLastSecondWithItsTimeKept()
    {
        var decoded = new Decoded(OtlpSignal.Logs).Add(OtlpWriter.Request(
            record => record.Fixed64(1, Beyond - 1_000_000_000), record => record.Fixed64(1, Beyond), record => record.Fixed64(11, ulong.MaxValue)));

        ResultBlock rows = decoded.Rows("logs");

        Assert.Equal([LastSecond, LastSecond, LastSecond], Enumerable.Range(0, 3).Select(row => rows["Timestamp"].GetInt64(row)));
        Assert.Empty(rows.Json("Attributes"));
        Assert.Equal("4294944000000000000", rows.Json("Attributes", 1)["observe.time_unix_nano"]);
        Assert.Equal("18446744073709551615", rows.Json("Attributes", 2)["observe.time_unix_nano"]);
        Assert.Equal((2, 2), (decoded.Tally.Truncated, decoded.Tally[TruncateReason.Time]));
    }

    [Fact]
    public void Decode_SpanBeyond2106_KeepsItsDurationAndItsTime()
    {
        var decoded = new Decoded(OtlpSignal.Traces).Add(OtlpWriter.Request(span => span
            .Bytes(1, OtlpWriter.TraceId).Bytes(2, OtlpWriter.SpanId).Fixed64(7, Beyond + 5).Fixed64(8, Beyond + 105)));

        ResultBlock rows = decoded.Rows("spans");

        Assert.Equal((LastSecond, 100), (rows["Timestamp"].GetInt64(0), rows["DurationNs"].GetInt64(0)));
        Assert.Equal($"{Beyond + 5}", rows.Json("Attributes")["observe.time_unix_nano"]);
        Assert.Equal((1, 1), (decoded.Tally.Truncated, decoded.Tally[TruncateReason.Time]));
    }

    [Fact]
    public void Decode_PointBeyond2106_IsStoredAtTheLastSecondAndCounted()
    {
        var decoded = Decoded.Metrics(OtlpWriter.Gauge("m", point => point.Fixed64(3, Beyond).Double(4, 1)));

        Assert.Equal(LastSecond, decoded.Rows("number_points")["Timestamp"].GetInt64(0));
        Assert.Equal((1, 1), (decoded.Tally.Truncated, decoded.Tally[TruncateReason.Time]));
    }

    [Fact]
    public void Decode_SeriesWithLongLabels_CutsTheLabelsAndKeepsTheSeriesApart()
    {
        Action<ProtoWriter> Point(string label) => point => point.Fixed64(3, OtlpWriter.Time).Double(4, 1).Attribute(7, "a", v => v.String(1, label));
        var decoded = new Decoded(OtlpSignal.Metrics, Tight).Add(OtlpWriter.Request(
            OtlpWriter.Gauge("m", Point("12345-a")), OtlpWriter.Gauge("m", Point("12345-b")), OtlpWriter.Gauge("m", Point("12345-b"))));

        ResultBlock series = decoded.Rows("metric_series");

        Assert.Equal(2, series.RowCount);
        Assert.Equal(["12345", "12345"], Enumerable.Range(0, 2).Select(row => series.Json("Attributes", row)["a"]));
        Assert.NotEqual(series["SeriesId"].GetUInt64(0), series["SeriesId"].GetUInt64(1));
        Assert.Equal((3, 3), (decoded.Tally.Truncated, decoded.Tally[TruncateReason.AttributeBytes]));
    }

    [Fact]
    public void Describe_TruncatedRecords_SaysHowManyAndWhichSetting()
    {
        RecordTally tally = OtlpValidator.Validate(
            OtlpSignal.Logs,
            OtlpWriter.Request(OtlpWriter.LogWith("k", v => v.String(1, "too long")), OtlpWriter.Log("much too long"), OtlpWriter.Log("short")),
            limits: Tight);

        string text = RecordRules.Describe(tally);

        Assert.StartsWith("2 stored truncated. 1: ", text, StringComparison.Ordinal);
        Assert.Contains("Observe:Ingest:" + nameof(IngestOptions.MaxAttributeValueBytes), text, StringComparison.Ordinal);
        Assert.Contains("Observe:Ingest:" + nameof(IngestOptions.MaxBodyBytes), text, StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_RandomAttributes_CountsWhatDecodingCuts()
    {
        int seed = Environment.TickCount;
        var random = new Random(seed);
        for (int round = 0; round < 500; round++)
        {
            var limits = new RecordLimits(random.Next(1, 8), random.Next(1, 8), random.Next(1, 30));
            byte[] logs = OtlpWriter.Request(Enumerable.Range(0, 3).Select(_ => RandomLog(random)).ToArray());
            byte[] metrics = OtlpWriter.Request(OtlpWriter.Gauge("m", point => RandomAttributes(random, point, 7)));
            try
            {
                new Decoded(OtlpSignal.Logs, limits).Add(logs);
                new Decoded(OtlpSignal.Metrics, limits).Add(metrics).Add(metrics);
            }
            catch (Exception e)
            {
                Assert.Fail($"seed {seed}, round {round}, {limits}: {e}");
            }
        }
    }

    private static Action<ProtoWriter> RandomLog(Random random) => record =>
    {
        record.Fixed64(1, (ulong)random.NextInt64(0, 6_000_000_000) * 1_000_000_000).Sub(5, RandomValue(random, 0));
        RandomAttributes(random, record, 6);
    };

    private static void RandomAttributes(Random random, ProtoWriter writer, int field)
    {
        for (int i = random.Next(10); i > 0; i--)
        {
            writer.Attribute(field, $"k{random.Next(8)}", RandomValue(random, 0));
        }
    }

    private static Action<ProtoWriter> RandomValue(Random random, int depth) => random.Next(depth < 3 ? 8 : 5) switch
    {
        0 => value => value.Append(),
        1 => value => value.Int(3, random.Next()),
        2 => value => value.Bytes(7, new byte[random.Next(12)]),
        3 => value => value.Double(4, 0.5),
        4 => RandomTextValue(random),
        5 => OtlpWriter.Array([.. Enumerable.Range(0, random.Next(3)).Select(_ => RandomValue(random, depth + 1))]),
        6 => OtlpWriter.Array([.. Enumerable.Range(0, random.Next(3)).Select(_ => RandomTextValue(random))]),
        _ => OtlpWriter.Map([.. Enumerable.Range(0, random.Next(4)).Select(i => ($"m{i}", RandomValue(random, depth + 1)))]),
    };

    private static Action<ProtoWriter> RandomTextValue(Random random) => value => value.String(1, RandomText(random));

    private static string RandomText(Random random)
    {
        var text = new StringBuilder();
        for (int i = random.Next(6); i > 0; i--)
        {
            text.Append(Characters[random.Next(Characters.Length)]);
        }

        return text.ToString();
    }
}
