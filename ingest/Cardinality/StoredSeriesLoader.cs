using Microsoft.Extensions.Logging;
using Observe.Ingest.Pipeline;

namespace Observe.Ingest.Cardinality;

/// <summary>Asks the engine for series while the pipeline goes on. One load at a time; never fails.</summary>
internal sealed class StoredSeriesLoader(StoredSeriesReader reader, CountingRules rules, ILogger logger) : IAsyncDisposable
{
    /// <summary>A backfill of years has thousands: what the engine said of the first ones is not to wait for that of the last.</summary>
    public const int MaxWishes = 16;

    private readonly CancellationTokenSource _stopped = new();
    private Task<IReadOnlyList<StoredSeries>>? _loading;

    /// <summary>Whether nothing is being loaded, and nothing waits for <see cref="TryTake"/>.</summary>
    public bool IsIdle => _loading is null;

    /// <summary>Ends when the engine has said what it was last asked.</summary>
    public Task Loading => _loading ?? Task.CompletedTask;

    /// <summary>Asks. Only when <see cref="IsIdle"/>.</summary>
    public void Start(IReadOnlyList<Wish> wishes) => _loading = LoadAsync(wishes);

    /// <summary>Takes what the engine said, once it has.</summary>
    public bool TryTake(out IReadOnlyList<StoredSeries> loaded)
    {
        bool isDone = _loading is { IsCompletedSuccessfully: true };
        loaded = isDone ? _loading!.Result : [];
        _loading = isDone ? null : _loading;
        return isDone;
    }

    public async ValueTask DisposeAsync()
    {
        await _stopped.CancelAsync();
        await Loading;
        _stopped.Dispose();
    }

    private async Task<IReadOnlyList<StoredSeries>> LoadAsync(IReadOnlyList<Wish> wishes)
    {
        // Nobody waits for the outcome, so no error may be lost: each is a wish that comes up again.
        var loaded = new List<StoredSeries>();
        foreach (Wish wish in wishes)
        {
            try
            {
                loaded.Add(await reader.ReadAsync(wish, rules, _stopped.Token));
            }
            catch (Exception e)
            {
                if (!_stopped.IsCancellationRequested)
                {
                    IngestLog.StoredSeriesUnknown(logger, LogText.Date(wish.Day.Day), e.Message);
                }

                loaded.Add(new StoredSeries(wish, null, [], IsWhole: false));
            }
        }

        return loaded;
    }
}
