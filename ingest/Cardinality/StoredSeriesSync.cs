using System.Text;

namespace Observe.Ingest.Cardinality;

/// <summary>Asks the engine what the days wish to know of it, and gives them what it said.</summary>
internal sealed class StoredSeriesSync(AdmissionDays days, StoredSeriesLoader loader, LimitNotices notices) : IAsyncDisposable
{
    /// <summary>After the engine failed to say which series it has.</summary>
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
            if (wishes.Count < StoredSeriesLoader.MaxWishes && day.Wishes.TakeRipe(commits) is { } wish)
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
        if (!days.TryFind(stored.Wish.Day, out MetricsOfDay? day))
        {
            stored.Release(); // the day was forgotten meanwhile
            return;
        }

        if (stored.Metrics is null || !stored.IsWhole)
        {
            AskLater(day, stored, commits);
            stored.Release();
            return;
        }

        day.LastUse = commits; // so that it does not go itself
        foreach (MetricDay metric in stored.Metrics.Values.Where(static metric => metric.IsGivenUp))
        {
            if (days.TryForgetIdle(commits))
            {
                // There is more memory now.
                metric.Release();
                stored.Metrics.Remove(metric.Name);
                day.Wishes.Add(metric.Name, commits);
            }
        }

        day.TakeOn(stored.Wish, stored.Metrics, commits);
        foreach (MetricDay metric in stored.Metrics.Values.Where(static metric => metric.IsGivenUp))
        {
            notices.GivenUp(metric);
        }

        notices.Replaced(day.Day, stored.Metrics);
    }

    private void AskLater(MetricsOfDay day, StoredSeries stored, long commits)
    {
        long later = commits + BatchesBetweenAttempts;
        if (stored.Wish.Metrics is null)
        {
            day.Wishes.AddAll(later);
        }

        foreach (string metric in stored.Wish.Metrics ?? [])
        {
            day.Wishes.Add(metric, later);
        }

        if (stored.Metrics is { Count: > 0 })
        {
            notices.NotCounted(Encoding.UTF8.GetBytes(stored.Metrics.Keys.First()), day.Day);
        }
    }
}
