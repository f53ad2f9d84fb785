using System.Text.Json;
using Observe.Ingest.Otlp;
using Observe.Ingest.Otlp.Decoding;
using Observe.Storage.Batches;
using Observe.Storage.Results;

namespace Observe.Tests.Ingest.Otlp;

public sealed class LogsDecoderTests
{
    [Fact]
    public void Decode_EveryFieldSet_LandsInItsColumn()
    {
        Decoded decoded = new Decoded(OtlpSignal.Logs).Add(OtlpSamples.Logs).Finish();
        ResultBlock row = decoded.Rows("logs");

        Assert.Equal(1, row.RowCount);
        Assert.Equal((long)OtlpWriter.Time, row["Timestamp"].GetInt64(0));
        Assert.Equal((long)OtlpWriter.Time + 1, row["ObservedTimestamp"].GetInt64(0));
        Assert.Equal(0x101ul, row["Flags"].GetUInt64(0));
        Assert.Equal(10ul, row["SeverityNumber"].GetUInt64(0));
        Assert.Equal("Information", row["SeverityText"].GetString(0));
        Assert.Equal("browser.page_view", row["EventName"].GetString(0));
        Assert.Equal("my.service", row["ServiceName"].GetString(0));
        Assert.Equal("my.library", row["ScopeName"].GetString(0));
        Assert.Equal((long)BodyType.Map, row["BodyType"].GetInt64(0));
        Assert.Equal("""{"type":0,"url":"https://example.com"}""", row["Body"].GetString(0));
        Assert.Equal(0L, row.Json("BodyFields")["type"]);
        Assert.Equal("https://example.com", row.Json("BodyFields")["url"]);
        Assert.Equal(3ul, row["DroppedAttributesCount"].GetUInt64(0));
        Assert.Equal(["4711"], row.Array("CorrelationIds"));
        AssertAllKinds(row.Json("Attributes"));

        ResultBlock resource = decoded.Rows("resources");
        Assert.Equal(row["ResourceId"].GetUInt64(0), resource["ResourceId"].GetUInt64(0));
        Assert.Equal("shop", resource["ServiceNamespace"].GetString(0));
        Assert.Equal("https://example.com/resource", resource["SchemaUrl"].GetString(0));
        Assert.Equal(2ul, resource["DroppedAttributesCount"].GetUInt64(0));
        Assert.Equal("my.service", resource.Json("Attributes")["service.name"]);
        AssertAllKinds(resource.Json("Attributes"));

        ResultBlock scope = decoded.Rows("scopes");
        Assert.Equal(row["ScopeId"].GetUInt64(0), scope["ScopeId"].GetUInt64(0));
        Assert.Equal("1.0.0", scope["Version"].GetString(0));
        Assert.Equal("https://example.com/scope", scope["SchemaUrl"].GetString(0));
        AssertAllKinds(scope.Json("Attributes"));
    }

    [Fact]
    public void Decode_TraceAndSpanId_AreKeptAsBytes()
    {
        byte[] ids = [.. OtlpWriter.TraceId, .. OtlpWriter.SpanId];
        byte[] block = BlockBytes(OtlpSamples.Logs);

        Assert.True(block.AsSpan().IndexOf(ids.AsSpan(0, 16)) >= 0);
        Assert.True(block.AsSpan().IndexOf(ids.AsSpan(16)) >= 0);
    }

    [Fact]
    public void Decode_Fields_AreNotedWithSourceAndTypeForTheirDay()
    {
        ResultBlock fields = new Decoded(OtlpSignal.Logs).Add(OtlpSamples.Logs).Finish().Rows("fields");

        var rows = Enumerable.Range(0, fields.RowCount)
            .Select(i => ((FieldSource)fields["Source"].GetInt64(i), fields["Name"].GetString(i), fields["Type"].GetString(i))).ToHashSet();
        Assert.Contains((FieldSource.Attribute, "order.id", "Int64"), rows);
        Assert.Contains((FieldSource.Attribute, "mixed", "Array(Dynamic)"), rows);
        Assert.Contains((FieldSource.Body, "url", "String"), rows);
        Assert.Contains((FieldSource.Resource, "service.name", "String"), rows);
        Assert.Contains((FieldSource.Scope, "double", "Float64"), rows);
        Assert.All(Enumerable.Range(0, fields.RowCount), i => Assert.Equal(OtlpWriter.Day, fields["Day"].GetInt64(i)));
    }

    [Fact]
    public void Decode_TimeMissing_TakesTheObservedTimeAndThenTheTimeOfReceipt()
    {
        ResultBlock rows = Decoded.Logs(
            record => record.Fixed64(11, 42),
            record => record.Sub(5, v => v.String(1, "no time")),
            record => record.Fixed64(1, ulong.MaxValue));

        Assert.Equal([42, Decoded.ReceivedAt, 4_294_943_999_000_000_000], Enumerable.Range(0, 3).Select(row => rows["Timestamp"].GetInt64(row)));
        Assert.Equal(0, rows["ObservedTimestamp"].GetInt64(1));
    }

    public static TheoryData<string, BodyType, string> Bodies => new()
    {
        { "", BodyType.None, "" },
        { "0A0568656C6C6F", BodyType.String, "hello" },
        { "1001", BodyType.Bool, "true" },
        { "18FBFFFFFFFFFFFFFFFF01", BodyType.Int, "-5" },
        { "210000000000001440", BodyType.Double, "5.0" },
        { "21000000000000F87F", BodyType.Double, "NaN" },
        { "3A020001", BodyType.Bytes, "AAE=" },
        { "2A080A0218010A020A00", BodyType.Array, """[1,""]""" },
        { "3200", BodyType.Map, "{}" },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public void Decode_Body_KeepsItsKindAndIsText(string hex, BodyType type, string text)
    {
        ResultBlock row = Decoded.Logs(record => record.Bytes(5, Convert.FromHexString(hex)));

        Assert.Equal((long)type, row["BodyType"].GetInt64(0));
        Assert.Equal(text, row["Body"].GetString(0));
        Assert.Empty(row.Json("BodyFields"));
    }

    [Fact]
    public void Decode_BodyThatIsAMap_IsValidJsonWhateverItHolds()
    {
        ResultBlock row = Decoded.Logs(record => record.Sub(5, OtlpWriter.Map(
            ("quote\"\\\n", v => v.String(1, "tab\t\u0001 ünïcode 🎉")),
            ("infinite", v => v.Double(4, double.NegativeInfinity)),
            ("big", v => v.Double(4, 1e300)),
            ("empty", v => v.Append()),
            ("broken", v => v.Bytes(1, 0x61, 0xFF, 0x62)))));

        using JsonDocument body = JsonDocument.Parse(row["Body"].GetString(0));
        Assert.Equal("tab\t\u0001 ünïcode 🎉", body.RootElement.GetProperty("quote\"\\\n").GetString());
        Assert.Equal("-Infinity", body.RootElement.GetProperty("infinite").GetString());
        Assert.Equal(1e300, body.RootElement.GetProperty("big").GetDouble());
        Assert.Equal(JsonValueKind.Null, body.RootElement.GetProperty("empty").ValueKind);
        Assert.Equal("a\uFFFDb", body.RootElement.GetProperty("broken").GetString());
        Assert.Equal("a\uFFFDb", row.Json("BodyFields")["broken"]);
    }

    [Fact]
    public void Decode_InvalidUtf8_CostsOnlyTheInvalidCharacter()
    {
        ResultBlock row = Decoded.Logs(record => record.Bytes(3, 0x57, 0xC3).Sub(5, v => v.Bytes(1, 0xFF, 0x78))
            .Sub(6, kv => kv.Bytes(1, 0x6B, 0xFE).Sub(2, v => v.Int(3, 1))));

        Assert.Equal("W\uFFFD", row["SeverityText"].GetString(0));
        Assert.Equal("\uFFFDx", row["Body"].GetString(0));
        Assert.Equal(1L, row.Json("Attributes")["k\uFFFD"]);
    }

    [Fact]
    public void Decode_KeySentTwice_KeepsBothValues()
    {
        ResultBlock row = Decoded.Logs(record => record.Attribute(6, "a", v => v.Int(3, 1)).Attribute(6, "a", v => v.String(1, "x"))
            .Attribute(6, "a", v => v.Int(3, 3)));

        Assert.Equal(1L, row.Json("Attributes")["a"]);
        Assert.Equal("x", row.Json("Attributes")["a#2"]);
        Assert.Equal(3L, row.Json("Attributes")["a#3"]);
    }

    [Fact]
    public void Decode_MoreKeysThanAColumnHasPaths_KeepsTheRestAsText()
    {
        ResultBlock rows = Decoded.Logs([.. Enumerable.Range(0, AttributeDecoder.MaxPaths + 2).Select(i => OtlpWriter.LogWith($"key{i}", v => v.Int(3, i)))]);

        Assert.Equal(999L, rows.Json("Attributes", 999)["key999"]);
        Assert.Equal("""{"key1000":1000}""", rows.Json("Attributes", 1000)["observe.more_attributes"]);
        Assert.Equal("""{"key1001":1001}""", rows.Json("Attributes", 1001)["observe.more_attributes"]);
    }

    [Fact]
    public void Decode_MapsInArraysWithMoreKeysThanAllowed_KeepTheRestAsText()
    {
        var keys = Enumerable.Range(0, AttributeDecoder.MaxNestedPaths + 1);
        Action<ProtoWriter> maps = OtlpWriter.Array([.. keys.Select(i => OtlpWriter.Map(($"key{i}", v => v.Int(3, i))))]);

        object?[] read = (object?[])Decoded.Logs(OtlpWriter.LogWith("list", maps)).Json("Attributes")["list"]!;

        Assert.Equal(255L, Map(read[255])["key255"]);
        Assert.Equal("""{"key256":256}""", Assert.Single(Map(read[256])).Value);

        static IReadOnlyDictionary<string, object?> Map(object? value) => Assert.IsAssignableFrom<IReadOnlyDictionary<string, object?>>(value);
    }

    [Fact]
    public void Decode_MoreMapsInArraysThanAllowed_KeepsTheRestAsText()
    {
        Action<ProtoWriter> empty = OtlpWriter.Map();
        Action<ProtoWriter> maps = OtlpWriter.Array([.. Enumerable.Repeat(empty, AttributeDecoder.MaxNestedMaps + 1)]);

        object?[] read = (object?[])Decoded.Logs(OtlpWriter.LogWith("list", maps)).Json("Attributes")["list"]!;

        Assert.IsAssignableFrom<IReadOnlyDictionary<string, object?>>(read[^2]);
        Assert.Equal("{}", read[^1]);
    }

    [Fact]
    public void Decode_RecordsOfVeryManyDays_NotesFieldsForTheNewestToo()
    {
        const ulong day = 86_400_000_000_000;
        Action<ProtoWriter>[] records =
        [
            .. Enumerable.Range(0, 150).Select(i => (Action<ProtoWriter>)(record => record
                .Fixed64(1, OtlpWriter.Time + ((ulong)(i == 149 ? 999 : i) * day)).Attribute(6, "order.id", v => v.Int(3, 1)))),
        ];
        ResultBlock fields = new Decoded(OtlpSignal.Logs).Add(OtlpWriter.Request(records)).Finish().Rows("fields");

        long[] days = [.. Enumerable.Range(0, fields.RowCount).Where(row => fields["Name"].GetString(row) == "order.id").Select(row => fields["Day"].GetInt64(row))];
        Assert.Equal(101, days.Length);
        Assert.Equal(OtlpWriter.Day + 999, days.Max());
    }

    [Fact]
    public void Decode_FieldNameOfAThousandCharactersAndMore_IsNotNoted()
    {
        var decoded = new Decoded(OtlpSignal.Logs);
        decoded.Add(OtlpWriter.Request(OtlpWriter.LogWith(new string('n', 1_000), v => v.Int(3, 1)), OtlpWriter.LogWith(new string('m', 1_001), v => v.Int(3, 1))));

        ResultBlock fields = decoded.Finish().Rows("fields");

        string[] names = [.. Enumerable.Range(0, fields.RowCount).Select(row => fields["Name"].GetString(row))];
        Assert.Contains(new string('n', 1_000), names);
        Assert.DoesNotContain(new string('m', 1_001), names);
    }

    [Fact]
    public void Decode_SeverityAndIdsThatAreInvalid_CountAsUnset()
    {
        ResultBlock row = Decoded.Logs(record => record.Varint(2, 99).Bytes(9, 1, 2, 3).Bytes(10, new byte[8]));

        Assert.Equal(0ul, row["SeverityNumber"].GetUInt64(0));
        Assert.Equal(1, row.RowCount);
    }

    [Fact]
    public void Decode_CorrelationIds_AreDistinctInOneFormAndWithoutTheRecordsOwn()
    {
        ResultBlock row = Decoded.Logs(record => record.Bytes(9, OtlpWriter.TraceId).Bytes(10, OtlpWriter.SpanId)
            .Attribute(6, "trace_id", v => v.String(1, "5b8efff798038103d269b633813fc60c"))
            .Attribute(6, "span_id", v => v.String(1, "EEE19B7EC3C1B174"))
            .Attribute(6, "order.id", v => v.String(1, "A-1"))
            .Attribute(6, "orderId", v => v.String(1, "a-1"))
            .Attribute(6, "user", OtlpWriter.Map(("id", v => v.Int(3, 7))))
            .Attribute(6, "paid", v => v.String(1, "yes"))
            .Attribute(6, "note", v => v.String(1, "123E4567-e89b-12d3-a456-426614174000"))
            .Attribute(6, "long_id", v => v.String(1, new string('x', 129))));

        Assert.Equal(["a-1", "7", "123e4567e89b12d3a456426614174000"], row.Array("CorrelationIds"));
    }

    [Fact]
    public void Decode_CorrelationIds_OfListsBytesAndBodies()
    {
        ResultBlock row = Decoded.Logs(record => record
            .Sub(5, v => v.String(1, "moved 01ARZ3NDEKTSV4RRFFQ69G5FAV to 5b8efff798038103d269b633813fc60c"))
            .Attribute(6, "http.request.header.x-request-id", OtlpWriter.Array(v => v.String(1, "Req-1")))
            .Attribute(6, "order_ids", OtlpWriter.Array(v => v.Int(3, 11), v => v.Int(3, 12)))
            .Attribute(6, "tags", OtlpWriter.Array(v => v.String(1, "red"), v => v.String(1, "507f1f77bcf86cd799439011")))
            .Attribute(6, "job_id", v => v.Bytes(7, OtlpWriter.SpanId))
            .Attribute(6, "payload", v => v.Bytes(7, OtlpWriter.TraceId)));

        Assert.Equal(
            ["01arz3ndektsv4rrffq69g5fav", "5b8efff798038103d269b633813fc60c", "req-1", "11", "12", "507f1f77bcf86cd799439011", "eee19b7ec3c1b174"],
            row.Array("CorrelationIds"));
    }

    [Fact]
    public void Decode_CorrelationIds_OfMapBodies()
    {
        ResultBlock row = Decoded.Logs(record => record.Sub(5, OtlpWriter.Map(("order", OtlpWriter.Map(("id", v => v.String(1, "B-2")))))));
        Assert.Equal(["b-2"], row.Array("CorrelationIds"));
    }

    [Fact]
    public void Decode_ValuesThatSayNothing_AreNoIds()
    {
        ResultBlock row = Decoded.Logs(record =>
        {
            foreach (string nothing in new[] { "", " ", "-", "--", "null", "None", "nil", "N/A", "undefined", "Unknown", "0", "-1" })
            {
                record.Attribute(6, $"a{nothing.Length}.{nothing}.id", v => v.String(1, nothing));
            }

            record.Attribute(6, "parent_id", v => v.Int(3, 0)).Attribute(6, "chat_id", v => v.Int(3, -1)).Attribute(6, "thread.id", v => v.Int(3, 5))
                .Attribute(6, "zero_id", v => v.Bytes(7, new byte[16])).Attribute(6, "ratio_id", v => v.Double(4, 1.5));
        });
        Assert.Empty(row.Array("CorrelationIds"));
    }

    [Fact]
    public void Decode_ManyIdsInABody_LeaveRoomForThoseOfAttributes()
    {
        string body = string.Join(' ', Enumerable.Range(0, 100).Select(i => $"a{i:x31}"));
        ResultBlock row = Decoded.Logs(record => record.Sub(5, v => v.String(1, body)).Attribute(6, "order_id", v => v.String(1, "o1")));
        object?[] ids = row.Array("CorrelationIds");
        Assert.Equal(17, ids.Length);
        Assert.Equal("o1", ids[^1]);
    }

    private static byte[] BlockBytes(byte[] request)
    {
        var batch = Decoded.CreateBatch(OtlpSignal.Logs);
        batch.Decode(request, Decoded.ReceivedAt);
        return BatchRows.Bytes(batch.Tables.OfType<LogBatch>().Single());
    }

    internal static void AssertAllKinds(IReadOnlyDictionary<string, object?> attributes)
    {
        Assert.Equal("some string", attributes["string"]);
        Assert.Equal(true, attributes["bool"]);
        Assert.Equal(-10L, attributes["int"]);
        Assert.Equal(637.704, attributes["double"]);
        Assert.Equal("AAH/", attributes["bytes"]);
        Assert.True(attributes.TryGetValue("empty", out object? empty) && empty is null);
        Assert.Equal(["many", "values"], Assert.IsType<object?[]>(attributes["strings"]));
        Assert.Equal([1L, 2L], Assert.IsType<object?[]>(attributes["ints"]));
        Assert.Equal([1.0, double.NaN], Assert.IsType<object?[]>(attributes["doubles"]));
        Assert.Equal([true, false], Assert.IsType<object?[]>(attributes["bools"]).Select(Convert.ToBoolean));
        Assert.Empty(Assert.IsType<object?[]>(attributes["none"]));
        object?[] mixed = Assert.IsType<object?[]>(attributes["mixed"]);
        Assert.Equal([1L, "a", null], mixed[..3]);
        Assert.Equal([2L], Assert.IsType<object?[]>(mixed[3]));
        Assert.Equal(3L, Assert.IsAssignableFrom<IReadOnlyDictionary<string, object?>>(mixed[4])["k"]);
        Assert.Equal("x", attributes["map.some.key"]);
        Assert.Equal(5L, attributes["map.deep.er"]);
        Assert.Empty(Assert.IsAssignableFrom<IReadOnlyDictionary<string, object?>>(attributes["map.hollow"]));
        Assert.Equal(4711L, attributes["order.id"]);
    }
}
