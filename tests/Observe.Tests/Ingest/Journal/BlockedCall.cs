namespace Observe.Tests.Ingest.Journal;

/// <summary>Holds up the next call of a kind until it is released.</summary>
internal sealed class BlockedCall : IDisposable
{
    private readonly FaultyFiles _files;
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ManualResetEventSlim _released = new();

    public BlockedCall(FaultyFiles files, FileCall blocked, string suffix)
    {
        _files = files;
        _files.Before = (call, path) =>
        {
            if (call == blocked && path.EndsWith(suffix, StringComparison.Ordinal) && _reached.TrySetResult())
            {
                _released.Wait(TimeSpan.FromMinutes(1));
            }
        };
    }

    /// <summary>Ends when the call is held up.</summary>
    public Task ReachedAsync() => _reached.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

    public void Release() => _released.Set();

    /// <remarks>The event itself is left to the collector: the held-up thread may still be about to wake.</remarks>
    public void Dispose()
    {
        _released.Set();
        _files.Mend();
    }
}
