using System.Runtime.InteropServices;
using System.Text;
using Observe.Storage.Batches;
using Observe.Storage.Columns;

namespace Observe.Storage.Engine.Embedded;

/// <summary>The statements that run on a connection's thread: from managed arguments to native calls and back.</summary>
internal static unsafe class NativeStatements
{
    private static readonly byte[] NativeFormat = Encoding.ASCII.GetBytes("Native");

    /// <summary>Runs a statement that returns nothing of interest.</summary>
    public static bool Execute(ConnectionHandle connection, SqlStatement statement)
    {
        using var text = new StatementText(statement);
        fixed (byte* format = NativeFormat)
        {
            nint result = ChdbNative.Query(
                connection.Connection, text.Query, text.QueryLength, format, (nuint)NativeFormat.Length,
                text.Names, text.NameLengths, text.Values, text.ValueLengths, text.Count);
            Finish(result);
            return true;
        }
    }

    /// <summary>Runs a query that writes its result where its text says, and returns the rows and bytes that it read from storage.</summary>
    public static (ulong RowsRead, ulong BytesRead) Write(ConnectionHandle connection, SqlStatement statement)
    {
        using var text = new StatementText(statement);
        fixed (byte* format = NativeFormat)
        {
            nint result = ChdbNative.Query(
                connection.Connection, text.Query, text.QueryLength, format, (nuint)NativeFormat.Length,
                text.Names, text.NameLengths, text.Values, text.ValueLengths, text.Count);
            if (ConnectionHandle.Text(ChdbNative.ResultError(result)) is { } error)
            {
                ChdbNative.DestroyResult(result);
                LetGo(connection);
                throw EngineErrors.ToException(error);
            }

            (ulong, ulong) read = (ChdbNative.ResultStorageRowsRead(result), ChdbNative.ResultStorageBytesRead(result));
            ChdbNative.DestroyResult(result);
            return read;
        }
    }

    /// <summary>Starts a query and returns its stream, to be destroyed by the caller.</summary>
    public static nint StartQuery(ConnectionHandle connection, SqlStatement statement)
    {
        using var text = new StatementText(statement);
        fixed (byte* format = NativeFormat)
        {
            nint stream = ChdbNative.StreamQuery(
                connection.Connection, text.Query, text.QueryLength, format, (nuint)NativeFormat.Length,
                text.Names, text.NameLengths, text.Values, text.ValueLengths, text.Count);
            try
            {
                ThrowOnError(stream);
            }
            catch (StorageException)
            {
                LetGo(connection);
                throw;
            }

            return stream;
        }
    }

    /// <summary>The next blocks of a query, to be disposed of by the caller.</summary>
    public static ResultChunk Fetch(ConnectionHandle connection, nint stream)
    {
        nint chunk = ChdbNative.StreamFetch(connection.Connection, stream);
        ThrowOnError(chunk);
        return new ResultChunk(chunk);
    }

    /// <summary>Ends a query, finished or not.</summary>
    public static bool EndQuery(ConnectionHandle connection, nint stream, bool finished)
    {
        if (!finished)
        {
            ChdbNative.StreamCancel(connection.Connection, stream);
        }

        ChdbNative.DestroyResult(stream);
        if (!finished)
        {
            LetGo(connection);
        }

        return true;
    }

    /// <summary>Inserts a batch as one block.</summary>
    public static bool Insert(ConnectionHandle connection, ColumnBatch batch, string? deduplicationToken)
    {
        byte[] query = Encoding.UTF8.GetBytes(InsertText(batch, deduplicationToken));
        nint insert;
        fixed (byte* text = query, format = NativeFormat)
        {
            insert = ChdbNative.StreamInsert(connection.Connection, text, (nuint)query.Length, format, (nuint)NativeFormat.Length);
        }

        try
        {
            ThrowOnInsertError(insert);
            batch.WriteBlock(new InsertSink(insert));
            Finish(ChdbNative.StreamDone(insert));
            return true;
        }
        finally
        {
            ChdbNative.DestroyInsert(insert);
        }
    }

    internal static string InsertText(ColumnBatch batch, string? deduplicationToken)
    {
        string columns = string.Join(", ", batch.Columns.Select(column => SqlText.QuoteIdentifier(column.Key)));

        // Without a token the engine would compare the rows themselves, and drop records that really were sent twice.
        string deduplication = deduplicationToken is null
            ? "deduplicate_insert = 'disable'"
            : $"deduplicate_insert = 'enable', insert_deduplication_token = {SqlText.QuoteString(deduplicationToken)}";
        return $"INSERT INTO {SqlText.QuoteIdentifier(batch.Table)} ({columns}) SETTINGS {deduplication}";
    }

    /// <summary>A statement that failed or was cancelled counts as running, and keeps what it holds, until its connection has another.</summary>
    private static void LetGo(ConnectionHandle connection)
    {
        try
        {
            Execute(connection, new SqlStatement("SELECT 1"));
        }
        catch (StorageException)
        {
            // The failure that led here is the one to be told.
        }
    }

    private static void ThrowOnError(nint result)
    {
        if (ConnectionHandle.Text(ChdbNative.ResultError(result)) is { } error)
        {
            ChdbNative.DestroyResult(result);
            throw EngineErrors.ToException(error);
        }
    }

    private static void ThrowOnInsertError(nint insert)
    {
        if (ConnectionHandle.Text(ChdbNative.StreamInsertError(insert)) is { } error)
        {
            throw EngineErrors.ToException(error);
        }
    }

    private static void Finish(nint result)
    {
        ThrowOnError(result);
        ChdbNative.DestroyResult(result);
    }

    private sealed class InsertSink(nint insert) : IBlockSink
    {
        public void Write(ReadOnlySpan<byte> bytes)
        {
            int state;
            fixed (byte* data = &MemoryMarshal.GetReference(bytes))
            {
                state = ChdbNative.StreamAppend(insert, data, (nuint)bytes.Length);
            }

            if (state != ChdbNative.Success)
            {
                ThrowOnInsertError(insert);

                // The reason may only come with the result.
                Finish(ChdbNative.StreamDone(insert));
                throw new StorageException(StorageError.Failed, "The engine stopped taking an insert without saying why.");
            }
        }
    }
}
