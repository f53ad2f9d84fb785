using Microsoft.Extensions.Options;

namespace Observe.Query.Execution;

/// <summary>Where questions wait for a place among those that run.</summary>
/// <remarks>
/// A place that becomes free goes to the asker with the fewest questions running, among equals to the one who was served longest ago; the questions of
/// one asker run in the order in which they came. One asker never has the last place.
/// </remarks>
internal sealed class QuestionLine(QuestionPlaces places, IOptions<QueryOptions> options, QueryMeter meter, TimeProvider time)
{
    private static readonly TimeSpan ShortestRetry = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Asker> _askers = new(StringComparer.Ordinal);
    private readonly int _mostWaiting = options.Value.MaxWaitingQueries;
    private readonly TimeSpan _maxWait = options.Value.MaxWait;
    private int _running;
    private int _waiting;
    private long _turn;
    private double _averageSeconds = 1;

    /// <summary>Questions that have a place.</summary>
    public int Running => Volatile.Read(ref _running);

    /// <summary>Takes a place, at once or after some time in line. It is given back by disposing it.</summary>
    /// <exception cref="QueryRefusedException">There is no room in the line, or the wait was too long.</exception>
    public async Task<IDisposable> EnterAsync(string asker, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        long arrived = time.GetTimestamp();
        LinkedListNode<Waiter> waiter;
        lock (_lock)
        {
            Asker of = AskerOf(asker);
            if (of.Waiting.Count == 0 && CanRun(of))
            {
                return Admit(of);
            }

            ThrowIfFull(of);
            waiter = of.Waiting.AddLast(new Waiter(of));
            _waiting++;
        }

        meter.Waiting(1);
        try
        {
            return await WaitAsync(waiter, cancellationToken);
        }
        finally
        {
            meter.Waiting(-1);
            meter.Waited(time.GetElapsedTime(arrived));
        }
    }

    private async Task<IDisposable> WaitAsync(LinkedListNode<Waiter> waiter, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(_maxWait, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        using CancellationTokenRegistration leaving = either.Token.Register(() => Leave(waiter));
        if (await waiter.Value.Admitted.Task is { } place)
        {
            return place;
        }

        cancellationToken.ThrowIfCancellationRequested();
        throw Refuse(
            RefusalReason.WaitedTooLong,
            $"The query waited {_maxWait.TotalSeconds:0.#} s in line and was not run: other queries took all {places.Count} places. Ask again later, ask less at a time, " +
            "see at /api/v1/queries what runs, or raise Observe:Query:MaxConcurrentQueries.");
    }

    private void Leave(LinkedListNode<Waiter> waiter)
    {
        lock (_lock)
        {
            if (waiter.List is null)
            {
                return; // admitted meanwhile
            }

            Asker of = waiter.Value.Asker;
            of.Waiting.Remove(waiter);
            _waiting--;
            Forget(of);
        }

        waiter.Value.Admitted.SetResult(null);
    }

    private void ThrowIfFull(Asker asker)
    {
        if (_waiting >= _mostWaiting)
        {
            Forget(asker);
            throw Refuse(
                RefusalReason.LineFull,
                $"{_waiting} queries stand in line already, which is all that may (Observe:Query:MaxWaitingQueries). Ask again later, or ask less at a time.");
        }

        if (asker.Waiting.Count >= Math.Max(1, _mostWaiting / 2))
        {
            throw Refuse(
                RefusalReason.TooManyOfOne,
                $"{asker.Running} of your queries run and {asker.Waiting.Count} stand in line already, which is all that one client may have. Wait for their answers before asking more.");
        }
    }

    private QueryRefusedException Refuse(RefusalReason reason, string message)
    {
        meter.Refused(reason);
        double seconds = (_waiting + 1) * _averageSeconds / places.Count;
        return new QueryRefusedException(reason, TimeSpan.FromSeconds(Math.Clamp(seconds, ShortestRetry.TotalSeconds, LongestRetry.TotalSeconds)), message);
    }

    private bool CanRun(Asker asker) => _running < places.Count && (asker.Running == 0 || asker.Running < places.Count - 1);

    private Place Admit(Asker asker)
    {
        _running++;
        asker.Running++;
        asker.Turn = ++_turn;
        return new Place(this, asker, time.GetTimestamp());
    }

    private void GiveBack(Asker asker, long since)
    {
        var admitted = new List<(Waiter Waiter, Place Place)>();
        lock (_lock)
        {
            _running--;
            asker.Running--;
            _averageSeconds += (time.GetElapsedTime(since).TotalSeconds - _averageSeconds) / 16;
            while (_askers.Values.Where(a => a.Waiting.Count > 0 && CanRun(a)).MinBy(a => (a.Running, a.Turn)) is { } next)
            {
                Waiter first = next.Waiting.First!.Value;
                next.Waiting.RemoveFirst();
                _waiting--;
                admitted.Add((first, Admit(next)));
            }

            Forget(asker);
        }

        admitted.ForEach(a => a.Waiter.Admitted.SetResult(a.Place));
    }

    private Asker AskerOf(string name)
    {
        if (!_askers.TryGetValue(name, out Asker? asker))
        {
            asker = new Asker(name);
            _askers.Add(name, asker);
        }

        return asker;
    }

    private void Forget(Asker asker)
    {
        if (asker.Running == 0 && asker.Waiting.Count == 0)
        {
            _askers.Remove(asker.Name);
        }
    }

    private sealed class Asker(string name)
    {
        public string Name { get; } = name;

        public LinkedList<Waiter> Waiting { get; } = new();

        public int Running { get; set; }

        public long Turn { get; set; }
    }

    private sealed record Waiter(Asker Asker)
    {
        /// <summary>A place, or null when the wait is over without one.</summary>
        public TaskCompletionSource<IDisposable?> Admitted { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed class Place(QuestionLine line, Asker asker, long since) : IDisposable
    {
        private int _given;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _given, 1) == 0)
            {
                line.GiveBack(asker, since);
            }
        }
    }
}
