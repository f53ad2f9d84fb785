using System.Reflection;
using System.Runtime.InteropServices;

namespace Observe.Storage.Engine.Embedded;

/// <summary>Finds and loads libchdb.</summary>
internal static class EngineLibrary
{
    private static readonly Lock LoadLock = new();
    private static readonly List<Action> Guards = [];
    private static nint _handle;

    /// <summary>Whether a write that fails becomes a failed insert or merge (<see cref="WriteGuard"/>). Known once the library is loaded.</summary>
    public static bool NoticesFailedWrites { get; private set; }

    /// <summary>Loads the library once per process; later calls do nothing.</summary>
    /// <param name="configuredPath">The file to load, or null to look in the usual places.</param>
    /// <exception cref="StorageStartException">It is not there or cannot be loaded; the message says where it was looked for.</exception>
    public static void Load(string? configuredPath)
    {
        lock (LoadLock)
        {
            if (_handle != 0)
            {
                return;
            }

            string path = Find(configuredPath);
            try
            {
                _handle = NativeLibrary.Load(path);
            }
            catch (Exception e) when (e is DllNotFoundException or BadImageFormatException)
            {
                throw new StorageStartException(
                    $"The engine library {path} cannot be loaded on this machine ({Platform()}): {e.Message} Run 'npm ci' in storage/ on this machine.", e);
            }

            InstallGuards();
            NativeLibrary.SetDllImportResolver(Assembly.GetExecutingAssembly(), (name, _, _) => name == ChdbNative.Library ? _handle : 0);
        }
    }

    /// <summary>
    /// For the process's end, once the engine is closed: the library's own end comes after the runtime's, when no managed code can be called any more.
    /// </summary>
    public static void RemoveGuards()
    {
        lock (LoadLock)
        {
            Guards.ForEach(remove => remove());
            Guards.Clear();
        }
    }

    private static void InstallGuards()
    {
        // A write from a signal handler on a managed thread would end the process, so the one guard needs the other.
        if (SignalGuard.TryInstall(_handle) is { } signal)
        {
            Guards.Add(signal);
            if (WriteGuard.TryInstall(_handle) is { } write)
            {
                Guards.Add(write);
                NoticesFailedWrites = true;
            }
        }
    }

    private static string Find(string? configuredPath)
    {
        if (configuredPath is not null)
        {
            return File.Exists(configuredPath)
                ? Path.GetFullPath(configuredPath)
                : throw new StorageStartException(
                    $"The engine library {Path.GetFullPath(configuredPath)} does not exist. It is named by the setting Observe:Engine:LibraryPath; " +
                    "correct the path, or remove the setting to use the library that npm fetched.");
        }

        var candidates = new List<string> { Path.Combine(AppContext.BaseDirectory, FileName) };
        for (DirectoryInfo? directory = new(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            candidates.Add(Path.Combine(directory.FullName, "storage", "node_modules", "@chdb", $"lib-{Platform()}", FileName));
        }

        return candidates.FirstOrDefault(File.Exists)
            ?? throw new StorageStartException(
                $"The storage engine's library {FileName} for {Platform()} was not found beside the program ({AppContext.BaseDirectory}) " +
                "nor in storage/node_modules of a folder above it. Run 'npm ci' in the folder storage/ of the source tree, " +
                "or name the file with --Observe:Engine:LibraryPath=PATH.");
    }

    private static string FileName => OperatingSystem.IsMacOS() ? "libchdb.dylib" : "libchdb.so";

    /// <summary>The platform as npm's packages of the engine name it, such as linux-x64-gnu.</summary>
    private static string Platform()
    {
        string architecture = RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant();
        return OperatingSystem.IsMacOS() ? $"darwin-{architecture}"
            : OperatingSystem.IsLinux() ? $"linux-{architecture}-gnu"
            : $"{Environment.OSVersion.Platform}-{architecture}";
    }
}
