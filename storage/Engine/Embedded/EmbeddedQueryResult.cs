using Observe.Storage.Results;

namespace Observe.Storage.Engine.Embedded;

/// <summary>A query that runs on a connection which it gives back at its end.</summary>
internal sealed class EmbeddedQueryResult(
    EngineConnection connection, ConnectionPool pool, StatementCanceller canceller, TimeProvider time, CancellationToken engineClosing)
    : QueryResult
{
    private readonly Queue<ResultBlock> _blocks = new();
    private readonly long _started = time.GetTimestamp();
    private TimeSpan _elapsed;
    private nint _stream;
    private ResultChunk? _chunk;
    private ulong _rowsRead;
    private ulong _bytesRead;
    private bool _atEnd;
    private bool _returned;

    public override QueryStatistics Statistics => new(_atEnd ? _elapsed : time.GetElapsedTime(_started), _rowsRead, _bytesRead);

    /// <summary>Sends the statement and waits for its first blocks, in one visit to the connection's thread.</summary>
    public Task StartAsync(SqlStatement statement, CancellationToken cancellationToken) => RunAsync(
        handle =>
        {
            _stream = NativeStatements.StartQuery(handle, statement);
            Fetch(handle);
            return true;
        },
        cancellationToken);

    public override async ValueTask<ResultBlock?> ReadBlockAsync(CancellationToken cancellationToken)
    {
        while (_blocks.Count == 0 && !_atEnd)
        {
            // The first blocks are there from the start.
            IReadOnlyList<ResultBlock> blocks = _chunk is not null ? Take() : await RunAsync(
                handle =>
                {
                    Fetch(handle);
                    return Take();
                },
                cancellationToken);
            foreach (ResultBlock block in blocks)
            {
                _blocks.Enqueue(block);
            }
        }

        return _blocks.TryDequeue(out ResultBlock? next) ? next : null;
    }

    /// <remarks>All of it in one visit to the connection's thread: whoever gives up has the engine end the query, and then nothing more is fetched.</remarks>
    public override Task ScanAsync(INumberSink sink, CancellationToken cancellationToken) => RunAsync(
        handle =>
        {
            while (!_atEnd)
            {
                _chunk!.Show(sink);
                Fetch(handle);
            }

            return true;
        },
        cancellationToken);

    public override async ValueTask DisposeAsync()
    {
        if (_returned)
        {
            return;
        }

        _returned = true;
        try
        {
            _chunk?.Dispose();
            if (_stream != 0)
            {
                await connection.RunAsync(handle => NativeStatements.EndQuery(handle, _stream, _atEnd));
            }
        }
        catch (StorageException e) when (e.Error == StorageError.Unavailable)
        {
            // Storage was closed before its results were: the connection is gone, and the query with it.
        }
        finally
        {
            pool.Return(connection);
        }
    }

    /// <summary>Gets the next chunk in place of the last one. On the connection's thread.</summary>
    private void Fetch(ConnectionHandle handle)
    {
        _chunk?.Dispose();
        _chunk = null;
        _chunk = NativeStatements.Fetch(handle, _stream);
        _rowsRead += _chunk.RowsRead;
        _bytesRead += _chunk.BytesRead;
        if (_chunk.AtEnd)
        {
            _elapsed = time.GetElapsedTime(_started);
            _atEnd = true;
        }
    }

    private IReadOnlyList<ResultBlock> Take()
    {
        using ResultChunk chunk = _chunk!;
        _chunk = null;
        return chunk.Copy();
    }

    private async Task<T> RunAsync<T>(Func<ConnectionHandle, T> work, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_returned, this);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, engineClosing);
        try
        {
            return await canceller.AwaitAsync(connection, connection.RunAsync(work), either.Token);
        }
        catch (OperationCanceledException e) when (engineClosing.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new StorageException(StorageError.Unavailable, "Storage is closing.", e);
        }
    }
}
