using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Observe.Storage.Engine.Embedded;

/// <summary>Connections of one kind. They are opened when they are first needed, up to a number; beyond it callers wait in order.</summary>
/// <param name="name">The connections' tags begin with it. No other pool of the process has it, because statements are ended by tag.</param>
/// <param name="size">How many there are at most.</param>
/// <param name="grace">How long closing waits for connections to come back.</param>
/// <param name="open">Opens a connection with the given tag.</param>
internal sealed partial class ConnectionPool(
    string name, int size, TimeSpan grace, TimeProvider time, ILogger logger, Func<string, Task<EngineConnection>> open) : IAsyncDisposable
{
    private readonly SemaphoreSlim _free = new(size);
    private readonly ConcurrentStack<EngineConnection> _idle = new();
    private readonly ConcurrentBag<EngineConnection> _all = [];
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

            if (_idle.TryPop(out EngineConnection? idle))
            {
                return idle;
            }

            EngineConnection connection = await open($"{name}-{Interlocked.Increment(ref _opened)}");
            _all.Add(connection);
            return connection;
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

    /// <summary>Waits for every connection to come back, but not for ever, then closes them all.</summary>
    /// <remarks>
    /// A connection that is open when the process ends makes it end in a segmentation fault, so those that somebody forgot to give back are
    /// closed as well. Only one whose thread is stuck in the engine stays behind.
    /// </remarks>
    public async ValueTask DisposeAsync()
    {
        _closing = true;
        using var patience = new CancellationTokenSource(grace, time);
        int returned = 0;
        try
        {
            for (; returned < size; returned++)
            {
                await _free.WaitAsync(patience.Token);
            }
        }
        catch (OperationCanceledException)
        {
            Log.NotReturned(logger, size - returned, name);
        }

        foreach (EngineConnection connection in _all)
        {
            try
            {
                await connection.DisposeAsync().AsTask().WaitAsync(grace, time);
            }
            catch (TimeoutException)
            {
                Log.Stuck(logger, connection.Tag);
            }
        }

        // Callers that still wait learn that storage is closing.
        _free.Release(size);
    }

    private static partial class Log
    {
        [LoggerMessage(1111, LogLevel.Error, "{Count} connections of {Pool} were not given back while storage closed; they are closed all the same.")]
        public static partial void NotReturned(ILogger logger, int count, string pool);

        [LoggerMessage(1112, LogLevel.Error, "The connection {Connection} does not answer and cannot be closed.")]
        public static partial void Stuck(ILogger logger, string connection);
    }
}
