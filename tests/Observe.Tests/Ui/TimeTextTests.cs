using Observe.Query.Time;
using Observe.Ui.Time;

namespace Observe.Tests.Ui;

public sealed class TimeTextTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeZoneInfo East = TimeZoneInfo.CreateCustomTimeZone("east", TimeSpan.FromHours(2), "east", "east");

    [Theory]
    [InlineData("now", "2026-11-21T12:00:00.000Z")]
    [InlineData("now-15m", "2026-11-21T11:45:00.000Z")]
    [InlineData("now-1h30m", "2026-11-21T10:30:00.000Z")]
    [InlineData("now-2d", "2026-11-19T12:00:00.000Z")]
    [InlineData(" now-1w ", "2026-11-14T12:00:00.000Z")]
    [InlineData("2026-11-20T10:00:00Z", "2026-11-20T10:00:00.000Z")]
    [InlineData("2026-11-20T10:00:00+01:00", "2026-11-20T09:00:00.000Z")]
    [InlineData("2026-11-20 10:00", "2026-11-20T08:00:00.000Z")]
    [InlineData("1795262400123", "2026-11-21T12:00:00.123Z")]
    public void TryParse_Text_GivesTheInstant(string text, string expected)
    {
        Assert.True(TimeText.TryParse(text, Now, East, out long nanoseconds));
        Assert.Equal(expected, TimeText.Format(nanoseconds));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("now-")]
    [InlineData("now-15")]
    [InlineData("now-m")]
    [InlineData("now+15m")]
    [InlineData("now-15y")]
    [InlineData("now-999999w")]
    [InlineData("yesterday-ish")]
    [InlineData("12345")]
    [InlineData("0001-01-01")]
    public void TryParse_NoTime_IsFalse(string? text) => Assert.False(TimeText.TryParse(text, Now, East, out _));

    [Fact]
    public void TryResolve_EndBeforeStart_SaysSo()
    {
        Assert.False(new RangeText("now", "now-5m").TryResolve(Now, East, out TimeRange range, out string error));
        Assert.Equal("The range ends before it begins.", error);
        Assert.Equal(default, range);
    }

    [Fact]
    public void Exact_Nanoseconds_KeepsAllNineDigits() =>
        Assert.Equal("2026-11-21T12:00:00.123456789Z", ViewerTime.Exact(1_795_262_400_123_456_789));
}
