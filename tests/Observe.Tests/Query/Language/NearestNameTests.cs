using Observe.Query.Language;

namespace Observe.Tests.Query.Language;

public sealed class NearestNameTests
{
    [Theory]
    [InlineData("servce.name", "service.name")]
    [InlineData("sevrice.name", "service.name")]
    [InlineData("SERVICE.NAMES", "service.name")]
    [InlineData("bdoy", "body")]
    [InlineData("k", "k8")]
    [InlineData("", "a")]
    public void Find_UpToAThirdOfDifferences_GivesTheName(string name, string candidate) => Assert.Equal([candidate], NearestName.Find(name, [candidate], 1));

    [Theory]
    [InlineData("abcdef", "badcfe")]
    [InlineData("status", "severity")]
    public void Find_MoreDifferences_GivesNone(string name, string candidate) => Assert.Empty(NearestName.Find(name, [candidate], 1));

    [Fact]
    public void Find_SeveralNear_GivesTheNearestFirst() => Assert.Equal(["services", "serviced2"], NearestName.Find("service", ["serviced2", "services", "name", "services"], 2));

    [Fact]
    public void Find_NameThatNobodyMeans_GivesNone() => Assert.Empty(NearestName.Find(new string('a', 7_800), [new string('a', 7_799)], 1));

    [Fact]
    public void Find_LongestName_NeedsNoTableOfAllCharacters()
    {
        string[] candidates = [new string('a', 199)];
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Single(NearestName.Find(new string('a', 200), candidates, 1));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
    }
}
