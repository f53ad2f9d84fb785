using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Observe.Storage.Engine.Embedded;

/// <summary>Makes a failed write of the engine a failed insert or merge.</summary>
/// <remarks>
/// libchdb (26.7, and every version before it) ignores what <c>write</c> returns: in chdb's <c>WriteBufferFromFileDescriptor::nextImpl</c> the
/// exception that ClickHouse throws there is commented out. On a full disk an insert then succeeds with a part whose files are short, and a merge
/// removes good parts for a broken one. The results of <c>fdatasync</c> and <c>fsync</c> are looked at, and with the tables' settings
/// (<c>fsync_after_insert</c>, <c>min_rows_to_fsync_after_merge</c>) every file of a part is flushed before the part counts. So the guard stands
/// between the engine and these functions: it remembers the files that a write failed on, and has the flush of such a file fail with
/// the write's error. The engine then throws the part away. The library must not call these functions from a signal handler on a thread of
/// the runtime's (<see cref="SignalGuard"/>).
/// </remarks>
internal static unsafe partial class WriteGuard
{
    private const int Interrupted = 4; // EINTR; the engine repeats the call
    private const int NoSpace = 28; // ENOSPC

    /// <summary>Path and error of each file that is shorter than the engine believes.</summary>
    private static readonly Dictionary<string, int> Failed = new(StringComparer.Ordinal);

    /// <summary>Whether there are any, to be read without the lock: flushing is frequent, failures are not.</summary>
    private static volatile bool _anyFailed;

    /// <summary>Puts the guard between the engine's library and the system.</summary>
    /// <returns>Whether it is in place. It is not where the library's imports are not found, as on macOS.</returns>
    public static bool TryInstall(nint library) => LibraryImports.TryReplace(library, new Dictionary<string, nint>
    {
        ["write"] = (nint)(delegate* unmanaged[Cdecl]<int, byte*, nuint, nint>)&Write,
        ["fdatasync"] = (nint)(delegate* unmanaged[Cdecl]<int, int>)&FlushData,
        ["fsync"] = (nint)(delegate* unmanaged[Cdecl]<int, int>)&Flush,
    });

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static nint Write(int file, byte* bytes, nuint count)
    {
        nint written = LibC.Write(file, bytes, count);
        if (written > 0 || count == 0)
        {
            return written;
        }

        int error = written == 0 ? NoSpace : Marshal.GetLastPInvokeError();
        if (error != Interrupted)
        {
            Remember(file, error);
        }

        Marshal.SetLastSystemError(error);
        return -1;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int FlushData(int file) => Fail(file) ? -1 : Result(LibC.FlushData(file));

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Flush(int file) => Fail(file) ? -1 : Result(LibC.Flush(file));

    /// <summary>Hands on the error of the call before: returning to the caller may run code of the runtime's in between.</summary>
    private static int Result(int result)
    {
        if (result != 0)
        {
            Marshal.SetLastSystemError(Marshal.GetLastPInvokeError());
        }

        return result;
    }

    private static void Remember(int file, int error)
    {
        if (PathOf(file) is not { } path)
        {
            return; // A pipe or a terminal, which nobody flushes.
        }

        lock (Failed)
        {
            // A part that was given up for another reason takes its files with it.
            foreach (string gone in Failed.Keys.Where(known => !File.Exists(known)).ToArray())
            {
                Failed.Remove(gone);
            }

            Failed[path] = error;
            _anyFailed = true;
        }
    }

    private static bool Fail(int file)
    {
        if (!_anyFailed || PathOf(file) is not { } path)
        {
            return false;
        }

        int error;
        lock (Failed)
        {
            if (!Failed.Remove(path, out error))
            {
                return false;
            }

            _anyFailed = Failed.Count > 0;
        }

        Marshal.SetLastSystemError(error);
        return true;
    }

    /// <summary>The path of an open file; null if it is none, or if the system does not say.</summary>
    private static string? PathOf(int file)
    {
        try
        {
            return new FileInfo($"/proc/self/fd/{file}").LinkTarget is { } path && path.StartsWith('/') ? path : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null; // Nothing may be thrown into the engine.
        }
    }

    private static partial class LibC
    {
        [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
        internal static partial nint Write(int file, byte* bytes, nuint count);

        [LibraryImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
        internal static partial int FlushData(int file);

        [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
        internal static partial int Flush(int file);
    }
}
