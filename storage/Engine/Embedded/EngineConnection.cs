using System.Collections.Concurrent;

namespace Observe.Storage.Engine.Embedded;

/// <summary>A connection and the thread that alone uses it: the engine's calls block, and it walks deep stacks.</summary>
internal sealed class EngineConnection : IAsyncDisposable
{
    /// <summary>The engine checks its own recursion against 8 MB, the usual size of a main thread's stack.</summary>
    private const int StackSize = 8 << 20;

    private readonly BlockingCollection<Action<ConnectionHandle>> _work = [];
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private EngineConnection(string tag, IReadOnlyList<string> arguments)
    {
        Tag = tag;
        var thread = new Thread(() => Run([.. arguments, $"--log_comment={tag}"]), StackSize)
        {
            Name = tag,
            IsBackground = true,
        };
        thread.Start();
    }

    /// <summary>The <c>log_comment</c> of every statement of this connection, by which a running one is found.</summary>
    public string Tag { get; }

    /// <exception cref="StorageException">The engine refused the connection.</exception>
    public static async Task<EngineConnection> OpenAsync(string tag, IReadOnlyList<string> arguments)
    {
        var connection = new EngineConnection(tag, arguments);
        await connection._opened.Task;
        return connection;
    }

    /// <summary>Runs the call on the connection's thread, after those that were asked for before.</summary>
    /// <exception cref="StorageException">The connection is closed.</exception>
    public Task<T> RunAsync<T>(Func<ConnectionHandle, T> call)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            _work.Add(handle => Run(handle, call, done));
        }
        catch (InvalidOperationException e)
        {
            throw new StorageException(StorageError.Unavailable, "Storage is closed.", e);
        }

        return done.Task;
    }

    /// <summary>Closes the connection once what was asked for is done.</summary>
    public async ValueTask DisposeAsync()
    {
        _work.CompleteAdding();
        await _closed.Task;
        _work.Dispose();
    }

    private void Run(IReadOnlyList<string> arguments)
    {
        ConnectionHandle handle;
        try
        {
            handle = ConnectionHandle.Open(arguments);
        }
        catch (Exception e)
        {
            _closed.SetResult();
            _opened.SetException(e);
            return;
        }

        _opened.SetResult();
        foreach (Action<ConnectionHandle> work in _work.GetConsumingEnumerable())
        {
            work(handle);
        }

        handle.Dispose();
        _closed.SetResult();
    }

    /// <summary>Whatever the call throws belongs to the one who waits for it; the thread goes on.</summary>
    private static void Run<T>(ConnectionHandle handle, Func<ConnectionHandle, T> call, TaskCompletionSource<T> done)
    {
        try
        {
            done.SetResult(call(handle));
        }
        catch (Exception e)
        {
            done.SetException(e);
        }
    }
}
