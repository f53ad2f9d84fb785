using Observe.Query.Search;

namespace Observe.Tests.Query.Search;

public sealed class BinWidthsTests
{
    private const long Second = 1_000_000_000;

    [Theory]
    [InlineData(60 * Second, 60, Second)]
    [InlineData(61 * Second, 60, 2 * Second)]
    [InlineData(3600 * Second, 60, 60 * Second)]
    [InlineData(3600 * Second, 100, 60 * Second)]
    [InlineData(86_400 * Second, 60, 1800 * Second)]
    [InlineData(Second, 60, 20_000_000)]
    [InlineData(1, 60, 1_000_000)]
    [InlineData(long.MaxValue, 1, 365 * 86_400 * Second)]
    public void For_Range_IsTheNarrowestThatFits(long range, int bins, long expected) => Assert.Equal(expected, BinWidths.For(range, bins));
}
