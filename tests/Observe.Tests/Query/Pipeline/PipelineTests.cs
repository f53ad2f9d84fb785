using Observe.Query.Search;
using Observe.Query.Time;
using Observe.Tests.Query.Cases;
using Observe.Tests.Query.Seeds;

namespace Observe.Tests.Query.Pipeline;

/// <summary>Queries with stages over the seeded records, and the whole answer of each.</summary>
public sealed class PipelineTests(QueryFixture fixture) : IClassFixture<QueryFixture>
{
    public static TheoryData<string, string> Tables => CaseFile.Read("tables.txt");

    [Theory]
    [MemberData(nameof(Tables))]
    public async Task Search_WithStages_AnswersTheTable(string query, string expected)
    {
        SearchResult result = await fixture.Get<ISearchService>().SearchAsync(
            new SearchRequest(query, new TimeRange(Seed.Base, Seed.Base + (10 * Seed.Second)), 100), TestContext.Current.CancellationToken);
        Assert.Equal(expected, ResultText.Of(result));
    }
}
