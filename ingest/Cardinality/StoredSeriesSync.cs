using System.Text;

namespace Observe.Ingest.Cardinality;

/// <summary>Asks the engine what the days wish to know of it, and gives them what it said.</summary>
internal sealed class StoredSeriesSync(AdmissionDays days, StoredSeriesLoader loader, LimitNotices notices) : IAsyncDisposable
{
    /// <summary>After the engine failed to say which series it has, or has more metrics than there is memory to name.</summary>
    private const int BatchesBetweenAttempts = 20;

    private (long Commits, long Days) _asked = (-1, 0);

    /// <summary>Ends when the engine has said what it was last asked.</summary>
    public Task Loading => loader.Loading;

    /// <summary>Takes on what the engine said meanwhile, and asks it what is to be known next.</summary>
    /// <param name="commits">Committed batches.</param>
    public void Update(long commits)
    {
        if (loader.TryTake(out IReadOnlyList<StoredSeries> loaded))
        {
            foreach (StoredSeries stored in loaded)
            {
                TakeOn(stored, commits);
            }

            _asked = (-1, 0);
        }

        Ask(commits);
    }

    /// <summary>Asks the engine what it can be asked now.</summary>
    /// <param name="commits">Committed batches.</param>
    public void Ask(long commits)
    {
        // Wishes ripen with commits and come with days, and this is called before every request.
        if (!loader.IsIdle || _asked == (commits, days.Created))
        {
            return;
        }

        _asked = (commits, days.Created);
        var wishes = new List<Wish>();
        foreach (MetricsOfDay day in days.All)
        {
            if (wishes.Count == StoredSeriesLoader.MaxWishes)
            {
                break;
            }

            if (day.Wishes.TakeRipe(commits, days.IsMemoryScarce) is { } wish)
            {
                wishes.Add(wish);
            }
        }

        if (wishes.Count > 0)
        {
            loader.Start(wishes);
        }
    }

    public ValueTask DisposeAsync() => loader.DisposeAsync();

    private void TakeOn(StoredSeries stored, long commits)
    {
        MetricsOfDay day = stored.Wish.Day;
        if (day.IsForgotten || stored.Metrics is not { } metrics)
        {
            stored.Release();
            AskLater(stored.Wish, commits);
            return;
        }

        day.LastUse = commits; // so that it does not go itself
        foreach (MetricDay metric in metrics.Values.Where(static metric => metric.IsGivenUp))
        {
            if (days.TryForgetIdle(commits))
            {
                // There is more memory now.
                metric.Release();
                metrics.Remove(metric.Name);
                day.Wishes.Add(metric.Name, commits);
            }
        }

        WishForMissing(stored, commits);
        if (!stored.IsWhole)
        {
            AskLater(stored.Wish, commits);
        }

        day.TakeOn(stored, metrics, commits);
        foreach (MetricDay metric in metrics.Values.Where(static metric => metric.IsGivenUp))
        {
            notices.GivenUp(metric);
        }

        notices.Replaced(day.Day, metrics);
    }

    private void WishForMissing(StoredSeries stored, long commits)
    {
        MetricsOfDay day = stored.Wish.Day;
        bool isFreed = stored.Missing.Count > 0 && days.TryForgetIdle(commits);
        foreach (string metric in stored.Missing)
        {
            if (isFreed)
            {
                day.Wishes.Add(metric, commits);
            }
            else
            {
                notices.NotCounted(Encoding.UTF8.GetBytes(metric), day.Day);
                day.Wishes.Retry(metric, commits);
            }
        }
    }

    private static void AskLater(in Wish wish, long commits)
    {
        long later = commits + BatchesBetweenAttempts;
        if (wish.Metrics is null)
        {
            wish.Day.Wishes.AddAll(later);
        }

        foreach (string metric in wish.Metrics ?? [])
        {
            wish.Day.Wishes.Add(metric, later);
        }
    }
}
