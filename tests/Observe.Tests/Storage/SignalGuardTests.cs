using System.Globalization;
using System.Runtime.InteropServices;
using Observe.Storage.Engine.Embedded;

namespace Observe.Tests.Storage;

public sealed class SignalGuardTests(EngineFixture fixture)
{
    /// <summary>Longer than <c>struct sigaction</c>, whose first field is the handler.</summary>
    private const int ActionLength = 256;

    [Fact]
    public async Task OpenEngine_LeavesTheRuntimeItsSignal()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The runtime stops threads without signals elsewhere.");
        await fixture.DatabaseAsync("signals");

        Assert.True(EngineLibrary.NoticesFailedWrites);
        Assert.EndsWith("libcoreclr.so", LibraryAt(Handler(FirstRealTimeSignal())), StringComparison.Ordinal);
    }

    private static ulong Handler(int signal)
    {
        byte[] action = new byte[ActionLength];
        Assert.Equal(0, GetAction(signal, 0, action));
        return BitConverter.ToUInt64(action);
    }

    /// <summary>Which file's code is at that address of this process.</summary>
    private static string LibraryAt(ulong address) =>
        File.ReadLines("/proc/self/maps").Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).First(range =>
        {
            ulong[] bounds = [.. range[0].Split('-').Select(bound => ulong.Parse(bound, NumberStyles.HexNumber, CultureInfo.InvariantCulture))];
            return bounds[0] <= address && address < bounds[1];
        })[^1];

    // Not LibraryImport, whose generated code needs /unsafe.
#pragma warning disable SYSLIB1054
    [DllImport("libc", EntryPoint = "sigaction")]
    private static extern int GetAction(int signal, nint action, [Out] byte[] previous);

    [DllImport("libc", EntryPoint = "__libc_current_sigrtmin")]
    private static extern int FirstRealTimeSignal();
#pragma warning restore SYSLIB1054
}
