using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Observe.Storage.Engine.Embedded;

/// <summary>Leaves .NET the signal with which it stops threads for a garbage collection.</summary>
/// <remarks>
/// When libchdb opens, it takes <c>SIGRTMIN</c> for the table <c>system.stack_trace</c>, also with its other signal handlers switched off. .NET sends
/// that signal to threads that run managed code, and without it waits for them until they happen to stop. The engine's handler
/// moreover answers each with a write into a pipe that nobody reads. So the engine is told that it has the signal, and has not;
/// <c>system.stack_trace</c> then says nothing of the other threads.
/// </remarks>
internal static unsafe partial class SignalGuard
{
    private static readonly int RuntimeSignal = OperatingSystem.IsLinux() ? LibC.FirstRealTimeSignal() : 0;

    /// <summary>Puts the guard between the engine's library and the system, before the engine opens.</summary>
    /// <returns>What takes it away again; null if it could not be put in place, as on macOS, where the library's imports are not found.</returns>
    public static Action? TryInstall(nint library) => LibraryImports.TryReplace(library, new Dictionary<string, nint>
    {
        ["sigaction"] = (nint)(delegate* unmanaged[Cdecl]<int, void*, void*, int>)&SetAction,
    });

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int SetAction(int signal, void* action, void* previous)
    {
        int result = LibC.SetAction(signal, signal == RuntimeSignal ? null : action, previous);
        if (result != 0)
        {
            Marshal.SetLastSystemError(Marshal.GetLastPInvokeError());
        }

        return result;
    }

    private static partial class LibC
    {
        [LibraryImport("libc", EntryPoint = "sigaction", SetLastError = true)]
        internal static partial int SetAction(int signal, void* action, void* previous);

        [LibraryImport("libc", EntryPoint = "__libc_current_sigrtmin")]
        internal static partial int FirstRealTimeSignal();
    }
}
