using Observe.Ui.Search;
using Observe.Ui.Time;

using static Observe.Tests.Ui.SpanSamples;

namespace Observe.Tests.Ui;

public sealed class SearchAddressTests
{
    [Fact]
    public void From_NothingGiven_IsTheLastQuarterOfAnHour()
    {
        SearchAddress address = SearchAddress.From(null, null, null, null, null);

        Assert.Equal("search?q=&from=now-15m&to=now", address.ToString());
    }

    [Fact]
    public void ToString_QueryWithSpecialCharacters_IsEscapedAndKeepsRelativeTimes()
    {
        var address = new SearchAddress("a=\"b & c\"", new RangeText("now-1h", "now"), "17-ab", SearchAddress.MaxLimit);

        Assert.Equal("search?q=a%3D%22b%20%26%20c%22&from=now-1h&to=now&limit=10000&open=17-ab", address.ToString());
    }

    [Theory]
    [InlineData("200", 200)]
    [InlineData("0", 1)]
    [InlineData("1000000", SearchAddress.MaxLimit)]
    [InlineData("-5", SearchAddress.DefaultLimit)]
    [InlineData("abc", SearchAddress.DefaultLimit)]
    [InlineData("99999999999", SearchAddress.DefaultLimit)]
    public void From_LimitOfAnyKind_IsOneThatCanBeShown(string limit, int expected) =>
        Assert.Equal(expected, SearchAddress.From(null, null, null, null, limit).Limit);

    [Fact]
    public void RecordKey_LogsOfOneInstant_DifferAndStayTheSame()
    {
        string first = RecordKey.Of(Log(17, body: "one"));

        Assert.Equal(first, RecordKey.Of(Log(17, body: "one")));
        Assert.NotEqual(first, RecordKey.Of(Log(17, body: "two")));
        Assert.NotEqual(first, RecordKey.Of(Log(17, body: "one", attributes: new() { ["n"] = 1L })));
    }

    [Fact]
    public void RecordKey_Log_IsFrozen() => Assert.Equal(FrozenKey, RecordKey.Of(Log(17, body: "one", attributes: new() { ["n"] = 1L })));

    // FNV-1a over "one", "web", "", "n", "1": links that people have sent must find their record in later versions.
    private const string FrozenKey = "17-d0aaae86";
}
