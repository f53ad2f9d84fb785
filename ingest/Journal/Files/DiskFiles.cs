using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Observe.Ingest.Journal.Files;

internal sealed partial class DiskFiles : IJournalFiles
{
    private const int ReadOnlyFlag = 0;

    public void CreateDirectory(string directory) => Directory.CreateDirectory(directory);

    public IReadOnlyList<string> List(string directory, string suffix) =>
        Directory.Exists(directory) ? [.. Directory.EnumerateFiles(directory, "*" + suffix).Order(StringComparer.Ordinal)] : [];

    public IJournalFile Open(string path) => new DiskFile(File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read));

    public IJournalFile OpenExclusive(string path) => new DiskFile(File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));

    public void Delete(string path) => File.Delete(path);

    /// <remarks>
    /// .NET opens no directories. Windows needs nothing of the kind; elsewhere a new file may be gone after a power failure although its own
    /// bytes were synced.
    /// </remarks>
    public void SyncDirectory(string directory)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using var handle = new SafeFileHandle(Open(directory, ReadOnlyFlag), ownsHandle: true);
        if (handle.IsInvalid)
        {
            throw new IOException($"The directory {directory} cannot be opened: {Marshal.GetLastPInvokeErrorMessage()}.");
        }

        if (Sync(handle) != 0)
        {
            throw new IOException($"The directory {directory} cannot be synced: {Marshal.GetLastPInvokeErrorMessage()}.");
        }
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Sync(SafeFileHandle file);
}
