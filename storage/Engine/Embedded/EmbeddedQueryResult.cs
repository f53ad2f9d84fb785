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
            return NativeStatements.Fetch(handle, _stream);
        },
        cancellationToken);

    public override async ValueTask<ResultBlock?> ReadBlockAsync(CancellationToken cancellationToken)
    {
        while (_blocks.Count == 0 && !_atEnd)
        {
            await RunAsync(handle => NativeStatements.Fetch(handle, _stream), cancellationToken);
        }

        return _blocks.TryDequeue(out ResultBlock? block) ? block : null;
    }

    public override async ValueTask DisposeAsync()
    {
        if (_returned)
        {
            return;
        }

        _returned = true;
        try
        {
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

    private async Task RunAsync(Func<ConnectionHandle, FetchedBlocks> fetch, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_returned, this);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, engineClosing);
        FetchedBlocks fetched;
        try
        {
            fetched = await canceller.AwaitAsync(connection, connection.RunAsync(fetch), either.Token);
        }
        catch (OperationCanceledException e) when (engineClosing.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new StorageException(StorageError.Unavailable, "Storage is closing.", e);
        }

        _rowsRead += fetched.RowsRead;
        _bytesRead += fetched.BytesRead;
        foreach (ResultBlock block in fetched.Blocks)
        {
            _blocks.Enqueue(block);
        }

        if (fetched.AtEnd)
        {
            _elapsed = time.GetElapsedTime(_started);
            _atEnd = true;
        }
    }
}
