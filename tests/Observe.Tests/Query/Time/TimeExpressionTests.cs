using Observe.Query.Time;

namespace Observe.Tests.Query.Time;

public sealed class TimeExpressionTests
{
    private const long Second = 1_000_000_000;

    // 2026-01-02T03:04:05Z
    private const long Now = 1_767_323_045 * Second;

    private static readonly TimeProvider Clock = new FixedTime(DateTimeOffset.FromUnixTimeSeconds(1_767_323_045));

    [Theory]
    [InlineData("now", Now)]
    [InlineData("NOW", Now)]
    [InlineData("now-15m", Now - (900 * Second))]
    [InlineData("now+2s", Now + (2 * Second))]
    [InlineData("now-1h", Now - (3600 * Second))]
    [InlineData("now-1d", Now - (86_400 * Second))]
    [InlineData("now-2w", Now - (1_209_600 * Second))]
    [InlineData("1767323045000", Now)]
    [InlineData("0", 0)]
    [InlineData("2026-01-02T03:04:05Z", Now)]
    [InlineData("2026-01-02t03:04:05z", Now)]
    [InlineData("2026-01-02T04:04:05+01:00", Now)]
    [InlineData("2026-01-02T03:04:05", Now)]
    [InlineData("2026-01-02 03:04:05", Now)]
    [InlineData("2026-01-02T03:04", Now - (5 * Second))]
    [InlineData("2026-01-02T03:04:05.123456789Z", Now + 123_456_789)]
    [InlineData("2026-01-02T03:04:05.5+00:00", Now + 500_000_000)]
    [InlineData("2026-01-02", Now - (11_045 * Second))]
    [InlineData("2261-01-01T00:00:00Z", TimeExpression.Latest)]
    [InlineData("9183110400000", TimeExpression.Latest)]
    public void Parse_Time_GivesNanoseconds(string text, long expected) => Assert.Equal(expected, TimeExpression.Parse(text, Clock));

    [Theory]
    [InlineData("")]
    [InlineData("yesterday")]
    [InlineData("now-")]
    [InlineData("now-5")]
    [InlineData("now-5y")]
    [InlineData("now*5m")]
    [InlineData("now--5m")]
    [InlineData("now-99999999999999w")]
    [InlineData("2026-13-01")]
    [InlineData("2026-01-02T03:04:05.1234567890Z")]
    [InlineData("2026-01-02T03:04:05.Z")]
    [InlineData("99999999999999999")]
    [InlineData("-1")]
    [InlineData("1969-12-31T23:59:59Z")]
    [InlineData("now-9999w")]
    [InlineData("9999-01-01T00:00:00Z")]
    [InlineData("2261-01-01T00:00:00.000000001Z")]
    [InlineData("2262-04-11T23:47:16.999999999Z")]
    [InlineData("9183110400001")]
    [InlineData("0001-01-01T00:00:00+01:00")]
    [InlineData("9999-12-31T23:59:59-14:00")]
    public void Parse_AnythingElse_SaysWhatATimeIs(string text)
    {
        var error = Assert.Throws<FormatException>(() => TimeExpression.Parse(text, Clock));
        Assert.Contains("is not a time: write 2026-01-31T12:00:00Z", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1795286000")]
    [InlineData("100000000")]
    public void Parse_UnixSeconds_SaysWhatToWrite(string text) =>
        Assert.EndsWith($"write milliseconds, {text}000.", Assert.Throws<FormatException>(() => TimeExpression.Parse(text, Clock)).Message, StringComparison.Ordinal);

    [Fact]
    public void ParseRange_NothingGiven_IsTheLastHour() => Assert.Equal(new TimeRange(Now - (3600 * Second), Now), TimeRangeExpression.Parse(null, "", Clock));

    [Fact]
    public void ParseRange_FromNotBeforeTo_IsRefused() =>
        Assert.StartsWith("The time range is empty", Assert.Throws<FormatException>(() => TimeRangeExpression.Parse("now", "now", Clock)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(0, "1970-01-01T00:00:00.000000000Z")]
    [InlineData(Now + 1, "2026-01-02T03:04:05.000000001Z")]
    [InlineData(-1, "1969-12-31T23:59:59.999999999Z")]
    public void Format_Nanoseconds_GivesAllDigits(long nanoseconds, string expected) => Assert.Equal(expected, Rfc3339.Format(nanoseconds));
}
