using Observe.Query.Search;
using Observe.Query.Time;
using Observe.Ui.Time;

namespace Observe.Ui.Search;

/// <summary>Whether anything that a search finds was ever received, which is another thing to say than "nothing matches".</summary>
public static class FirstRecord
{
    // Clocks of senders run ahead at times, and what is older than a year was sent by a program that did not mean it.
    private static readonly TimeSpan Back = TimeSpan.FromDays(366);
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(1);

    /// <summary>The first signal that has a record, of logs, spans and metrics; null while there is none.</summary>
    public static async Task<SearchSignal?> FindAsync(ISearchService searches, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var range = new TimeRange(TimeText.ToNanoseconds(now - Back), TimeText.ToNanoseconds(now + Ahead));
        foreach ((string query, SearchSignal signal) in ((string, SearchSignal)[])[("logs", SearchSignal.Logs), ("spans", SearchSignal.Spans), ("metrics", SearchSignal.Metrics)])
        {
            SearchResult result = await searches.SearchAsync(new SearchRequest(query, range, 1), cancellationToken);
            if (result.Records.Count > 0)
                return signal;
        }

        return null;
    }
}
