using System.Globalization;

namespace Observe.Storage;

/// <summary>The data directory while this process owns it.</summary>
/// <remarks>
/// Ownership is an exclusive lock on the file <c>lock</c>, which the system gives up when the process ends, however it ends.
/// The file <c>pid</c> beside it only says who to look for.
/// </remarks>
internal sealed class DataDirectory : IDisposable
{
    private readonly FileStream _lock;

    private DataDirectory(string path, FileStream @lock)
    {
        Path = path;
        _lock = @lock;
    }

    /// <summary>The full path.</summary>
    public string Path { get; }

    /// <summary>The engine's own directory.</summary>
    public string EnginePath => System.IO.Path.Combine(Path, "engine");

    /// <summary>Makes the directory when it is missing and takes ownership of it.</summary>
    /// <exception cref="StorageStartException">It cannot be written, or another process owns it.</exception>
    public static DataDirectory Open(string path)
    {
        string full = System.IO.Path.GetFullPath(path);
        try
        {
            Directory.CreateDirectory(full);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw NotWritable(full, e);
        }

        string lockPath = System.IO.Path.Combine(full, "lock");
        string pidPath = System.IO.Path.Combine(full, "pid");
        FileStream @lock;
        try
        {
            @lock = new FileStream(lockPath, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (File.Exists(lockPath) && IsSharingViolation(e))
        {
            throw new StorageStartException(
                $"The data directory {full} is in use by another Observe process{Owner(pidPath)}. " +
                "Stop that process, or give this one a directory of its own with --Observe:DataDirectory=PATH.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw NotWritable(full, e);
        }

        try
        {
            File.WriteAllText(pidPath, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            @lock.Dispose();
            throw NotWritable(full, e);
        }

        return new DataDirectory(full, @lock);
    }

    public void Dispose() => _lock.Dispose();

    /// <summary>On Unix a lock held elsewhere shows as EAGAIN (11) or, on macOS, EWOULDBLOCK (35).</summary>
    private static bool IsSharingViolation(IOException e) =>
        e.GetType() == typeof(IOException) && (e.HResult is 11 or 35 or unchecked((int)0x80070020));

    private static string Owner(string pidPath)
    {
        try
        {
            return $" (process id {File.ReadAllText(pidPath).Trim()})";
        }
        catch (IOException)
        {
            return "";
        }
    }

    private static StorageStartException NotWritable(string path, Exception e) =>
        new($"The data directory {path} cannot be written: {e.Message} " +
            "Give the user that runs Observe write access to it, or choose another with --Observe:DataDirectory=PATH.", e);
}
