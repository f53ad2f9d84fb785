using Observe.Ingest.Senders;

namespace Observe.Ingest.Receivers;

/// <summary>
/// Lets so many large requests at a time be decompressed and turned into protobuf. Senders take turns: when a place is free, it goes to
/// the sender that has waited longest since its last turn, so one with fifty requests delays another by one request only. Nobody is kept
/// waiting while a place is free. Thread-safe.
/// </summary>
internal sealed class TransformGate
{
    private readonly Lock _lock = new();

    /// <summary>The requests of each sender that waits, first come, first served.</summary>
    private readonly Dictionary<Sender, Queue<TaskCompletionSource>> _waiting = [];

    /// <summary>The senders of <see cref="_waiting"/> in the order of their turns.</summary>
    private readonly Queue<Sender> _turns = new();

    private int _free;

    /// <param name="places">Requests at a time; 0 is one for each core.</param>
    public TransformGate(int places) => _free = places > 0 ? places : Environment.ProcessorCount;

    /// <summary>Requests that wait now.</summary>
    public int Waiting
    {
        get
        {
            lock (_lock)
            {
                return _waiting.Values.Sum(queue => queue.Count(request => !request.Task.IsCompleted));
            }
        }
    }

    /// <summary>Waits for a place. To be given back by <see cref="Leave"/>.</summary>
    /// <exception cref="OperationCanceledException">The request was given up; no place is held.</exception>
    public async Task EnterAsync(Sender sender, CancellationToken cancellationToken)
    {
        TaskCompletionSource request;
        lock (_lock)
        {
            if (_free > 0)
            {
                _free--;
                return;
            }

            request = new(TaskCreationOptions.RunContinuationsAsynchronously);
            if (!_waiting.TryGetValue(sender, out Queue<TaskCompletionSource>? requests))
            {
                _waiting.Add(sender, requests = new());
                _turns.Enqueue(sender);
            }

            requests.Enqueue(request);
        }

        // Whoever sets the result first decides: a place that was handed over is held, even if the token is cancelled just then.
        await using (cancellationToken.UnsafeRegister(
            static (state, token) => ((TaskCompletionSource)state!).TrySetCanceled(token), request))
        {
            await request.Task;
        }
    }

    public void Leave()
    {
        lock (_lock)
        {
            while (_turns.TryDequeue(out Sender? sender))
            {
                Queue<TaskCompletionSource> requests = _waiting[sender];
                bool isTaken = false;
                while (!isTaken && requests.TryDequeue(out TaskCompletionSource? request))
                {
                    isTaken = request.TrySetResult();
                }

                if (requests.Count > 0)
                {
                    _turns.Enqueue(sender);
                }
                else
                {
                    _waiting.Remove(sender);
                }

                if (isTaken)
                {
                    return;
                }
            }

            _free++;
        }
    }
}
