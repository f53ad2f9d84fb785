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
    private const int IoError = 5; // EIO
    private const int NoSpace = 28; // ENOSPC

    /// <summary>Path and error of each file that is shorter than the engine believes.</summary>
    private static readonly Dictionary<string, int> Failed = new(StringComparer.Ordinal);

    /// <summary>Whether there are any, to be read without the lock: flushing is frequent, failures are not.</summary>
    private static volatile bool _anyFailed;

    /// <summary>1 if a write failed and the guard could not note where.</summary>
    private static int _unknownFailed;

    /// <summary>Puts the guard between the engine's library and the system.</summary>
    /// <returns>What takes it away again; null if it could not be put in place, as on macOS, where the library's imports are not found.</returns>
    public static Action? TryInstall(nint library) => LibraryImports.TryReplace(library, new Dictionary<string, nint>
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
        try
        {
            if (PathOf(file) is { } path)
            {
                lock (Failed)
                {
                    ForgetMissing();
                    Failed[path] = error;
                    _anyFailed = true;
                }
            }
        }
        catch (Exception)
        {
            // Nothing may be thrown into the engine. Which file it was is not known, so the next flush of any fails.
            Volatile.Write(ref _unknownFailed, 1);
            _anyFailed = true;
        }
    }

    private static bool Fail(int file)
    {
        if (!_anyFailed)
        {
            return false;
        }

        int error = IoError;
        try
        {
            if (Interlocked.Exchange(ref _unknownFailed, 0) == 0 && (PathOf(file) is not { } path || !TryTake(path, out error)))
            {
                return false;
            }
        }
        catch (Exception)
        {
            error = IoError; // It cannot be said that the file is whole.
        }

        Marshal.SetLastSystemError(error);
        return true;
    }

    /// <summary>Whether a write failed on the file, which is then forgotten with all others of its directory: one is enough for the engine to give up the part.</summary>
    private static bool TryTake(string path, out int error)
    {
        lock (Failed)
        {
            bool isFailed = Failed.TryGetValue(path, out error);
            if (isFailed)
            {
                // A merge that is tried again writes files of the same names.
                string? directory = Path.GetDirectoryName(path);
                foreach (string other in Failed.Keys.Where(known => Path.GetDirectoryName(known) == directory).ToArray())
                {
                    Failed.Remove(other);
                }
            }

            ForgetMissing();
            _anyFailed = Failed.Count > 0;
            return isFailed;
        }
    }

    /// <summary>A part that was given up for another reason took its files with it.</summary>
    private static void ForgetMissing()
    {
        foreach (string gone in Failed.Keys.Where(known => !File.Exists(known)).ToArray())
        {
            Failed.Remove(gone);
        }
    }

    /// <summary>The path of an open file of a table's data; null for anything else, which the engine does not flush before it relies on it.</summary>
    private static string? PathOf(int file) =>
        new FileInfo($"/proc/self/fd/{file}").LinkTarget is { } path && path.StartsWith('/')
            && !path.StartsWith("/dev/", StringComparison.Ordinal) && !path.Contains($"/{DeduplicationLogs.DirectoryName}/", StringComparison.Ordinal)
            ? path
            : null;

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
