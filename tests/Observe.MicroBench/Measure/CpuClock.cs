using System.Runtime.InteropServices;

namespace Observe.MicroBench.Measure;

/// <summary>CPU time, which other work on the same processors does not lengthen as it lengthens time on the wall.</summary>
internal static partial class CpuClock
{
    private const int ThreadCpuTime = 3; // CLOCK_THREAD_CPUTIME_ID on Linux

    /// <summary>What the calling thread has used, to the nanosecond (Linux).</summary>
    /// <remarks>https://man7.org/linux/man-pages/man3/clock_gettime.3.html</remarks>
    public static TimeSpan Thread =>
        GetTime(ThreadCpuTime, out TimeSpec time) == 0
            ? TimeSpan.FromSeconds((double)time.Seconds) + TimeSpan.FromTicks(time.Nanoseconds / TimeSpan.NanosecondsPerTick)
            : throw new PlatformNotSupportedException("A thread's CPU time can only be read on Linux.");

    /// <summary>What all threads of this process have used, the engine's among them.</summary>
    public static TimeSpan Process => Environment.CpuUsage.TotalTime;

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int GetTime(int clock, out TimeSpec time);

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public nint Seconds;
        public nint Nanoseconds;
    }
}
