using System.Globalization;
using System.IO.Pipes;

namespace Observe.Storage.Engine.Embedded;

/// <summary>A query that writes its result into a pipe which is read here, on a connection which it gives back at its end.</summary>
/// <remarks>
/// The library's own streaming makes a document of each chunk: a header for every 65,000 rows of CSV, a whole file for as many of Parquet. Written
/// with INTO OUTFILE the result is one document; the file is the pipe's other end, so it never touches a disk and the engine waits for the reader.
/// <code>
/// connection's thread:  SELECT … INTO OUTFILE '/proc/self/fd/N' ──write──► pipe (64 KiB) ──read──► ReadAsync
///                       └─ returns: how it ended is known ─► this side of N is closed ─► the reader meets the end
/// </code>
/// So the end is met only after the outcome is known, and an error cannot pass for an end.
/// </remarks>
internal sealed class EmbeddedFormattedResult(
    EngineConnection connection, ConnectionPool pool, StatementCanceller canceller, TimeProvider time, CancellationToken engineClosing)
    : FormattedResult
{
    private readonly AnonymousPipeServerStream _pipe = new(PipeDirection.In, HandleInheritability.None);
    private readonly CancellationTokenSource _ending = CancellationTokenSource.CreateLinkedTokenSource(engineClosing);
    private readonly byte[] _buffer = new byte[64 << 10];
    private readonly long _started = time.GetTimestamp();
    private TimeSpan? _elapsed;
    private (ulong RowsRead, ulong BytesRead) _read;
    private Task? _running;
    private int _first;
    private bool _returned;

    public override QueryStatistics Statistics => new(_elapsed ?? time.GetElapsedTime(_started), _read.RowsRead, _read.BytesRead);

    /// <summary>Sends the statement and waits for its first bytes or its end.</summary>
    public async Task StartAsync(SqlStatement statement, ResultFormat format, CancellationToken cancellationToken)
    {
        string path = string.Create(
            CultureInfo.InvariantCulture, $"{(OperatingSystem.IsLinux() ? "/proc/self/fd" : "/dev/fd")}/{_pipe.ClientSafePipeHandle.DangerousGetHandle()}");
        string text = $"{statement.Text}\nINTO OUTFILE {SqlText.QuoteString(path)} TRUNCATE FORMAT {OutputFormats.NameOf(format)}";
        _running = RunAsync(statement with { Text = text });
        _first = await ReadPipeAsync(cancellationToken);
        if (_first == 0)
        {
            await _running;
        }
    }

    public override async ValueTask<ReadOnlyMemory<byte>> ReadAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_returned, this);
        int count = _first > 0 ? _first : await ReadPipeAsync(cancellationToken);
        _first = 0;
        if (count == 0)
        {
            await _running!;
        }

        return _buffer.AsMemory(0, count);
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
            await _ending.CancelAsync();
            if (_running is not null)
            {
                await _running;
            }
        }
        catch (Exception e) when (e is StorageException or OperationCanceledException)
        {
            // Whoever reads has been told, or does not want to know any more.
        }
        finally
        {
            await _pipe.DisposeAsync();
            _ending.Dispose();
            pool.Return(connection);
        }
    }

    private async Task RunAsync(SqlStatement statement)
    {
        // The order to end a query does not reach one that waits for its reader; without a reader it waits no longer.
        await using CancellationTokenRegistration unread = _ending.Token.Register(_pipe.Dispose);
        try
        {
            _read = await canceller.AwaitAsync(connection, connection.RunAsync(handle => NativeStatements.Write(handle, statement)), _ending.Token);
            _elapsed = time.GetElapsedTime(_started);
        }
        catch (OperationCanceledException e) when (engineClosing.IsCancellationRequested)
        {
            throw new StorageException(StorageError.Unavailable, "Storage is closing.", e);
        }
        finally
        {
            _pipe.DisposeLocalCopyOfClientHandle();
        }
    }

    private async Task<int> ReadPipeAsync(CancellationToken cancellationToken)
    {
        await using CancellationTokenRegistration given = cancellationToken.Register(static ending => ((CancellationTokenSource)ending!).Cancel(), _ending);
        try
        {
            return await _pipe.ReadAsync(_buffer, CancellationToken.None);
        }
        catch (Exception e) when (e is ObjectDisposedException or IOException or InvalidOperationException && _ending.IsCancellationRequested)
        {
            await _running!;
            throw new OperationCanceledException("The query was ended because its caller gave up.", e, cancellationToken);
        }
    }
}
