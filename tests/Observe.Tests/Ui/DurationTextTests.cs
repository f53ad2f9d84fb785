using Observe.Ui.Time;

namespace Observe.Tests.Ui;

public sealed class DurationTextTests
{
    [Theory]
    [InlineData(0, "0 ns")]
    [InlineData(999, "999 ns")]
    [InlineData(1_234, "1.23 µs")]
    [InlineData(12_345, "12.3 µs")]
    [InlineData(999_499, "999 µs")]
    [InlineData(999_600, "1 ms")]
    [InlineData(245_000_000, "245 ms")]
    [InlineData(1_250_000_000, "1.25 s")]
    [InlineData(59_990_000_000, "60 s")]
    [InlineData(59_999_000_000, "1 m 00 s")]
    [InlineData(125_000_000_000, "2 m 05 s")]
    [InlineData(11_520_000_000_000, "3 h 12 m")]
    [InlineData(187_200_000_000_000, "2 d 04 h")]
    [InlineData(-1_500_000, "−1.5 ms")]
    public void Format_Nanoseconds_HasThreeDigitsAndAUnit(double nanoseconds, string expected) =>
        Assert.Equal(expected, DurationText.Format(nanoseconds));

    [Theory]
    [InlineData(0, "+0 ns")]
    [InlineData(19_000_000, "+19 ms")]
    [InlineData(-4_250_000_000, "−4.25 s")]
    public void Offset_BehindOrBefore_HasOneSign(double nanoseconds, string expected) =>
        Assert.Equal(expected, DurationText.Offset(nanoseconds));

    [Theory]
    [InlineData(1_000_000_000, "1 s")]
    [InlineData(60_000_000_000, "1 min")]
    [InlineData(90_000_000_000, "1 m 30 s")]
    [InlineData(21_600_000_000_000, "6 h")]
    [InlineData(86_400_000_000_000, "1 d")]
    public void Width_RoundTime_HasOneUnit(long nanoseconds, string expected) => Assert.Equal(expected, DurationText.Width(nanoseconds));

    [Theory]
    [InlineData(999, "999")]
    [InlineData(1_234_567, "1.23 M")]
    [InlineData(45_600, "45.6 k")]
    public void About_Count_IsShort(double count, string expected) => Assert.Equal(expected, DurationText.About(count));
}
