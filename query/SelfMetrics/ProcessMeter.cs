using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Observe.Query.SelfMetrics;

/// <summary>The figures of its process that every Prometheus client has, under the names that dashboards look for.</summary>
internal static class ProcessMeter
{
    private const string OpenFiles = "/proc/self/fd";

    public static void Create(IMeterFactory factory)
    {
        Meter meter = factory.Create("Observe.Process");
        double started;
        using (var process = Process.GetCurrentProcess())
        {
            started = (process.StartTime.ToUniversalTime() - DateTime.UnixEpoch).TotalSeconds;
        }

        meter.CreateObservableCounter("process.cpu", () => Environment.CpuUsage.TotalTime.TotalSeconds, "s", "User and system CPU time spent.");
        meter.CreateObservableGauge("process.resident_memory", () => Environment.WorkingSet, "By", "Resident memory size.");
        meter.CreateObservableGauge("process.start_time", () => started, "s", "Start of the process in Unix time.");
        if (Directory.Exists(OpenFiles))
        {
            meter.CreateObservableGauge("process.open_fds", () => Directory.EnumerateFileSystemEntries(OpenFiles).Count(), null, "Open file descriptors.");
        }
    }
}
