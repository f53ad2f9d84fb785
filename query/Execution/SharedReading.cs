namespace Observe.Query.Execution;

/// <summary>The reading of an answer that several wait for. It ends when it is done or when the last of them has left.</summary>
/// <param name="beganAt">A timestamp; what was stored before it is in the answer.</param>
internal sealed class SharedReading(long beganAt) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _left = new();
    private readonly TaskCompletionSource<Answer> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _waiting = 1;

    public long BeganAt => beganAt;

    /// <summary>Reads, for the first who waits and those who join.</summary>
    /// <param name="ended">Is told the answer, or null, before anybody else.</param>
    public async Task RunAsync(Func<CancellationToken, Task<Answer>> read, Action<Answer?> ended)
    {
        try
        {
            Answer answer = await read(_left.Token);
            ended(answer);
            _answer.SetResult(answer);
        }
        catch (Exception e)
        {
            ended(null);
            _answer.SetException(e);

            // Everybody may have left; an error that nobody waits for is none.
            _ = _answer.Task.Exception;
        }
        finally
        {
            Dispose();
        }
    }

    public void Dispose() => _left.Dispose();

    /// <summary>One more waits; false when all have left.</summary>
    public bool TryJoin()
    {
        lock (_lock)
        {
            if (_waiting == 0)
            {
                return false;
            }

            _waiting++;
            return true;
        }
    }

    /// <summary>The answer, for one who joined. Leaving the wait leaves the reading.</summary>
    public async Task<Answer> WaitAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _answer.Task.WaitAsync(cancellationToken);
        }
        finally
        {
            bool isLast;
            lock (_lock)
            {
                isLast = --_waiting == 0;
            }

            if (isLast && !_answer.Task.IsCompleted)
            {
                Cancel();
            }
        }
    }

    private void Cancel()
    {
        try
        {
            _left.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It was done in this moment.
        }
    }
}
