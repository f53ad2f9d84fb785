using System.Runtime.InteropServices;

namespace Observe.Ui.Hosting;

/// <summary>Makes the limit on the size of files (<c>ulimit -f</c>) a failed write, which is said and tried again, instead of the process's end.</summary>
internal static class FileSizeSignal
{
    /// <summary>SIGXFSZ, which has this number on Linux and macOS and no name in .NET.</summary>
    private const PosixSignal FileSizeExceeded = (PosixSignal)25;

    /// <returns>What is to be kept for as long as it shall hold; null where there are no such signals.</returns>
    public static IDisposable? Ignore() =>
        OperatingSystem.IsWindows() ? null : PosixSignalRegistration.Create(FileSizeExceeded, context => context.Cancel = true);
}
