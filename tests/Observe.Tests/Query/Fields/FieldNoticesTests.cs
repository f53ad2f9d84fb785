using Observe.Tests.Query.Seeds;

namespace Observe.Tests.Query.Fields;

/// <summary>What searches say of fields that cannot answer them; none of it is an error.</summary>
public sealed class FieldNoticesTests(QueryFixture fixture) : IClassFixture<QueryFixture>
{
    [Theory]
    [InlineData("path>5", "path")]
    [InlineData("| stats sum(path)", "path")]
    [InlineData("| stats p99(tags)", "tags")]
    [InlineData("| stats avg(flag)", "flag")]
    [InlineData("| let x = path + 1 | fields x", "path")]
    [InlineData("| stats max(host.name)", "host.name")]
    public async Task Search_NumbersOfAFieldOfText_AreANotice(string query, string field) => Assert.Equal(
        [$"The field \"{field}\" has no values that were sent as numbers: only texts that can be read as one are taken as numbers."],
        (await fixture.SearchAsync(query)).Notices);

    [Theory]
    [InlineData("duration_ms>5")]
    [InlineData("http.status>=500 | stats avg(duration_ms), p99(http.status) by user.id")]
    [InlineData("path=5 path:x path~x path>\"a\"")]
    [InlineData("| stats count() by path")]
    [InlineData("spans duration>5ms | stats p99(duration)")]
    public async Task Search_NumbersOfAFieldThatHasSome_AreNone(string query) => Assert.Empty((await fixture.SearchAsync(query)).Notices);

    [Theory]
    [InlineData("| stats count() by usr.id", "user.id")]
    [InlineData("| sort usr.id", "user.id")]
    [InlineData("| where usr.id=5 | stats count()", "user.id")]
    [InlineData("| let a = concat(usr.id, \"x\") | fields a", "user.id")]
    [InlineData("| top 3 by seveirty", "severity")]
    public async Task Search_UnknownFieldInAStage_IsSaidWithTheNearest(string query, string nearest)
    {
        string notice = Assert.Single((await fixture.SearchAsync(query)).Notices);
        Assert.EndsWith($"is unknown in logs of this time range. Nearest known: {nearest}.", notice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Search_ColumnThatAStageMade_IsKnown() =>
        Assert.Empty((await fixture.SearchAsync("| let slow = duration_ms > 100 | stats count() as n by slow | where n > 0 | sort n")).Notices);
}
