using Observe.Query.Time;
using Observe.Ui.Time;

namespace Observe.Tests.Ui;

public sealed class TimeTextTests
{
    private static readonly TimeProvider Clock = new StoppedClock();
    private static readonly TimeZoneInfo East = TimeZoneInfo.CreateCustomTimeZone("east", TimeSpan.FromHours(2), "east", "east");

    [Theory]
    [InlineData("now", "2026-11-21T12:00:00.000Z")]
    [InlineData("now-15m", "2026-11-21T11:45:00.000Z")]
    [InlineData("now-2d", "2026-11-19T12:00:00.000Z")]
    [InlineData(" now-1w ", "2026-11-14T12:00:00.000Z")]
    [InlineData("2026-11-20T10:00:00Z", "2026-11-20T10:00:00.000Z")]
    [InlineData("2026-11-20T10:00:00+01:00", "2026-11-20T09:00:00.000Z")]
    [InlineData("2026-11-20 10:00", "2026-11-20T08:00:00.000Z")]
    [InlineData("1795262400123", "2026-11-21T12:00:00.123Z")]
    public void TryParse_Text_GivesTheInstant(string text, string expected)
    {
        Assert.True(TimeText.TryParse(text, Clock, East, out long nanoseconds));
        Assert.Equal(expected, TimeText.Format(nanoseconds));
    }

    [Theory]
    [InlineData("")]
    [InlineData("now-")]
    [InlineData("now-15")]
    [InlineData("now-m")]
    [InlineData("now-15y")]
    [InlineData("now-999999w")]
    [InlineData("0001-01-01")]
    [InlineData("9999-12-31 23:59")]
    [InlineData("2261-01-02")]
    [InlineData("yesterday-ish")]
    public void TryParse_NoTime_IsFalse(string text) => Assert.False(TimeText.TryParse(text, Clock, East, out _));

    [Fact]
    public void TryResolve_EndBeforeStart_SaysSo()
    {
        Assert.False(new RangeText("now", "now-5m").TryResolve(new ViewerTime(Clock), out TimeRange range, out string error));
        Assert.Equal("The range ends before it begins.", error);
        Assert.Equal(default, range);
    }

    [Fact]
    public void Exact_Nanoseconds_KeepsAllNineDigits() =>
        Assert.Equal("2026-11-21T12:00:00.123456789Z", ViewerTime.Exact(1_795_262_400_123_456_789));

    [Fact]
    public void SetZone_UnknownName_TakesTheOffset()
    {
        var time = new ViewerTime(Clock);
        time.SetZone("Middle-earth/Shire", -210);

        Assert.Equal("08:30:00.000", time.Clock(TimeText.ToNanoseconds(Clock.GetUtcNow())));
    }

    private sealed class StoppedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);
    }
}
