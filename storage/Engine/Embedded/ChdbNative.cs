using System.Runtime.InteropServices;

namespace Observe.Storage.Engine.Embedded;

/// <summary>The C interface of libchdb, as its header <c>chdb.h</c> declares it. All texts are UTF-8 with their length.</summary>
/// <remarks>
/// A connection runs one statement at a time and every call blocks its thread. Results and streams are never null from the functions
/// that make them; whether they hold an error is asked with the <c>_error</c> functions, and each must be destroyed once.
/// </remarks>
internal static unsafe partial class ChdbNative
{
    /// <summary>The name under which the library is imported; <see cref="EngineLibrary"/> decides which file that is.</summary>
    internal const string Library = "chdb";

    /// <summary><c>chdb_state</c>: what <see cref="StreamAppend"/> returns on success.</summary>
    internal const int Success = 0;

    /// <summary>0 leaves the process's signal handlers to .NET. To be called before the first connect.</summary>
    [LibraryImport(Library, EntryPoint = "chdb_set_signal_handlers_enabled")]
    internal static partial void SetSignalHandlersEnabled(int enabled);

    /// <summary>A pointer to a connection, or null when it failed. The first call opens the storage path for the process.</summary>
    [LibraryImport(Library, EntryPoint = "chdb_connect")]
    internal static partial nint* Connect(int argc, byte** argv);

    [LibraryImport(Library, EntryPoint = "chdb_close_conn")]
    internal static partial void CloseConnection(nint* connection);

    [LibraryImport(Library, EntryPoint = "chdb_stream_query_with_params_n")]
    internal static partial nint StreamQuery(
        nint connection, byte* query, nuint queryLength, byte* format, nuint formatLength,
        byte** names, nuint* nameLengths, byte** values, nuint* valueLengths, nuint count);

    /// <summary>The next chunk of a result; an empty one at its end.</summary>
    [LibraryImport(Library, EntryPoint = "chdb_stream_fetch_result")]
    internal static partial nint StreamFetch(nint connection, nint stream);

    [LibraryImport(Library, EntryPoint = "chdb_stream_cancel_query")]
    internal static partial void StreamCancel(nint connection, nint stream);

    [LibraryImport(Library, EntryPoint = "chdb_query_with_params_n")]
    internal static partial nint Query(
        nint connection, byte* query, nuint queryLength, byte* format, nuint formatLength,
        byte** names, nuint* nameLengths, byte** values, nuint* valueLengths, nuint count);

    [LibraryImport(Library, EntryPoint = "chdb_destroy_query_result")]
    internal static partial void DestroyResult(nint result);

    [LibraryImport(Library, EntryPoint = "chdb_result_buffer")]
    internal static partial byte* ResultBuffer(nint result);

    [LibraryImport(Library, EntryPoint = "chdb_result_length")]
    internal static partial nuint ResultLength(nint result);

    /// <summary>Null-terminated, or null without an error; owned by the result.</summary>
    [LibraryImport(Library, EntryPoint = "chdb_result_error")]
    internal static partial byte* ResultError(nint result);

    [LibraryImport(Library, EntryPoint = "chdb_result_storage_rows_read")]
    internal static partial ulong ResultStorageRowsRead(nint result);

    [LibraryImport(Library, EntryPoint = "chdb_result_storage_bytes_read")]
    internal static partial ulong ResultStorageBytesRead(nint result);

    /// <summary>Begins an insert: the statement without FORMAT and data. The connection takes nothing else until it is destroyed.</summary>
    [LibraryImport(Library, EntryPoint = "chdb_stream_insert_n")]
    internal static partial nint StreamInsert(nint connection, byte* query, nuint queryLength, byte* format, nuint formatLength);

    /// <summary>Copies the bytes; blocks while the engine is behind.</summary>
    [LibraryImport(Library, EntryPoint = "chdb_stream_append")]
    internal static partial int StreamAppend(nint insert, byte* data, nuint length);

    /// <summary>Ends the insert and commits it; returns a result.</summary>
    [LibraryImport(Library, EntryPoint = "chdb_stream_done")]
    internal static partial nint StreamDone(nint insert);

    /// <summary>Null-terminated, or null without an error; owned by the insert.</summary>
    [LibraryImport(Library, EntryPoint = "chdb_stream_insert_error")]
    internal static partial byte* StreamInsertError(nint insert);

    /// <summary>Frees the insert; cancels it first when it was not ended.</summary>
    [LibraryImport(Library, EntryPoint = "chdb_destroy_insert_stream")]
    internal static partial void DestroyInsert(nint insert);
}
