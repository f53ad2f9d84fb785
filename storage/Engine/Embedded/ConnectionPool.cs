using System.Collections.Concurrent;

namespace Observe.Storage.Engine.Embedded;

/// <summary>Connections of one kind. They are opened when they are first needed, up to a number; beyond it callers wait in order.</summary>
/// <param name="name">The connections' tags begin with it. No other pool of the process has it, because statements are ended by tag.</param>
/// <param name="size">How many there are at most.</param>
/// <param name="open">Opens a connection with the given tag.</param>
internal sealed class ConnectionPool(string name, int size, Func<string, Task<EngineConnection>> open) : IAsyncDisposable
{
    private readonly SemaphoreSlim _free = new(size);
    private readonly ConcurrentStack<EngineConnection> _idle = new();
    private int _opened;
    private volatile bool _closing;

    /// <exception cref="StorageException">Storage is closing, or the engine refused a further connection.</exception>
    public async Task<EngineConnection> RentAsync(CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken);
        try
        {
            if (_closing)
            {
                throw new StorageException(StorageError.Unavailable, "Storage is closing.");
            }

            return _idle.TryPop(out EngineConnection? idle)
                ? idle
                : await open($"{name}-{Interlocked.Increment(ref _opened)}");
        }
        catch
        {
            _free.Release();
            throw;
        }
    }

    public void Return(EngineConnection connection)
    {
        _idle.Push(connection);
        _free.Release();
    }

    /// <summary>Waits for every connection to come back, then closes them.</summary>
    public async ValueTask DisposeAsync()
    {
        _closing = true;
        for (int i = 0; i < size; i++)
        {
            await _free.WaitAsync();
        }

        while (_idle.TryPop(out EngineConnection? connection))
        {
            await connection.DisposeAsync();
        }

        // Callers that still wait learn that storage is closing.
        _free.Release(size);
    }
}
