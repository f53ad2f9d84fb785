using Observe.Query.Search;
using Observe.Query.Time;
using Observe.Ui.Time;

namespace Observe.Ui.Search;

/// <summary>Whether anything was ever received, which is another thing to say than "nothing matches".</summary>
public static class FirstRecord
{
    // Clocks of senders run ahead at times, and what is older than a year was sent by a program that did not mean it.
    private static readonly TimeSpan Back = TimeSpan.FromDays(366);
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(1);

    public static async Task<bool> IsMissingAsync(ISearchService searches, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var range = new TimeRange(TimeText.ToNanoseconds(now - Back), TimeText.ToNanoseconds(now + Ahead));
        foreach (string query in (string[])["logs", "spans"])
        {
            SearchResult result = await searches.SearchAsync(new SearchRequest(query, range, 1), cancellationToken);
            if (result.Records.Count > 0)
                return false;
        }

        return true;
    }
}
