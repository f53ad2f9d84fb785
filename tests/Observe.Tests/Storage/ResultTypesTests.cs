using System.Text;
using System.Text.Json;
using Observe.Storage.Engine;
using Observe.Storage.Results;

namespace Observe.Tests.Storage;

/// <summary>Every type that results may have, as the real engine sends it.</summary>
public sealed class ResultTypesTests(EngineFixture fixture)
{
    [Theory]
    [InlineData("toUInt8(255)", "255")]
    [InlineData("toInt8(-1)", "-1")]
    [InlineData("toUInt16(65535)", "65535")]
    [InlineData("toInt16(-2)", "-2")]
    [InlineData("toUInt32(4294967295)", "4294967295")]
    [InlineData("toInt32(-3)", "-3")]
    [InlineData("toUInt64(18446744073709551615)", "18446744073709551615")]
    [InlineData("toInt64(-9223372036854775808)", "-9223372036854775808")]
    [InlineData("toInt128('-170141183460469231731687303715884105728')", "\"-170141183460469231731687303715884105728\"")]
    [InlineData("toFloat64(5)", "5.0")]
    [InlineData("toFloat64(0.1)", "0.1")]
    [InlineData("toFloat64(1e300)", "1E+300")]
    [InlineData("toFloat32(1.5)", "1.5")]
    [InlineData("nan", "\"NaN\"")]
    [InlineData("-inf", "\"-Infinity\"")]
    [InlineData("true", "true")]
    [InlineData("'a\"b\\n'", "\"a\\u0022b\\n\"")]
    [InlineData("unhex('ff61')", "\"\\uFFFDa\"")]
    [InlineData("toFixedString(unhex('00ff10'), 3)", "\"00ff10\"")]
    [InlineData("toDate('2026-02-03')", "\"2026-02-03\"")]
    [InlineData("toDate32('1969-12-31')", "\"1969-12-31\"")]
    [InlineData("toDateTime('2026-02-03 04:05:06', 'UTC')", "\"2026-02-03T04:05:06Z\"")]
    [InlineData("fromUnixTimestamp64Nano(1770091506123456789, 'UTC')", "\"2026-02-03T04:05:06.123456789Z\"")]
    [InlineData("toDateTime64('1969-12-31 23:59:59.25', 3, 'UTC')", "\"1969-12-31T23:59:59.250Z\"")]
    [InlineData("CAST('b', 'Enum8(\\'a\\' = -1, \\'b\\' = 2)')", "\"b\"")]
    [InlineData("toUUID('61f0c404-5cb3-11e7-907b-a6006ad3dba0')", "\"61f0c404-5cb3-11e7-907b-a6006ad3dba0\"")]
    [InlineData("toDecimal64(-1.5, 3)", "\"-1.500\"")]
    [InlineData("toDecimal32(0.07, 2)", "\"0.07\"")]
    [InlineData("CAST(NULL, 'Nullable(Int32)')", "null")]
    [InlineData("toNullable('x')", "\"x\"")]
    [InlineData("NULL", "null")]
    [InlineData("toLowCardinality('x')", "\"x\"")]
    [InlineData("toLowCardinality(toNullable('x'))", "\"x\"")]
    [InlineData("[1, 2]::Array(Int64)", "[1,2]")]
    [InlineData("[]::Array(LowCardinality(String))", "[]")]
    [InlineData("['a', 'b', 'a']::Array(LowCardinality(String))", "[\"a\",\"b\",\"a\"]")]
    [InlineData("[['a'], []]::Array(Array(String))", "[[\"a\"],[]]")]
    [InlineData("[NULL, 1]::Array(Nullable(Int8))", "[null,1]")]
    [InlineData("map('k', 1)", "{\"k\":1}")]
    [InlineData("tuple(1, 'a', [2])", "[1,\"a\",[2]]")]
    [InlineData("CAST((1, 'x'), 'Tuple(a Int8, `b c` String)')", "[1,\"x\"]")]
    [InlineData("toIntervalDay(3)", "3")]
    [InlineData("'{\"a\":{\"b\":1},\"c\":[1,\"x\",null,{\"d\":2.5}],\"e\":\"t\"}'::JSON", "{\"a.b\":1,\"c\":[1,\"x\",null,{\"d\":2.5}],\"e\":\"t\"}")]
    [InlineData("'{}'::JSON", "{}")]
    [InlineData("toInt64(5)::Dynamic", "5")]
    [InlineData("NULL::Dynamic", "null")]
    public async Task WriteJson_Expression_IsAsExpected(string expression, string json)
    {
        IStorageEngine engine = await fixture.DatabaseAsync("types");

        ResultBlock block = Assert.Single(await engine.QueryAllAsync(
            new SqlStatement($"SELECT materialize({expression}) AS x, 'after' AS after FROM numbers(3)"), TestContext.Current.CancellationToken));

        for (int row = 0; row < 3; row++)
        {
            Assert.Equal(json, Json(writer => block["x"].WriteJson(writer, row)));
            Assert.Equal("after", block["after"].GetString(row));
            if (!block["x"].Type.StartsWith("Date", StringComparison.Ordinal))
            {
                object? value = block["x"].GetValue(row);
                Assert.Equal(json, Json(writer => JsonValue.Write(writer, value)));
            }
        }
    }

    [Fact]
    public async Task Query_TypeThatCannotBeReturned_SaysWhatToDo()
    {
        IStorageEngine engine = await fixture.DatabaseAsync("types_unsupported");

        var exception = await Assert.ThrowsAsync<StorageException>(() => engine.QueryAllAsync(
            new SqlStatement("SELECT sumState(number) FROM numbers(1)"), TestContext.Current.CancellationToken));

        Assert.Contains("AggregateFunction", exception.Message, StringComparison.Ordinal);
        Assert.Contains("toString", exception.Message, StringComparison.Ordinal);
    }

    private static string Json(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            write(writer);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
