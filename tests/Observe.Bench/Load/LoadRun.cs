using Observe.Bench.Measure;
using Observe.Bench.Report;
using Observe.Bench.Shop;

namespace Observe.Bench.Load;

/// <summary>Runs a load from its first request until the server is at rest again, and measures both sides.</summary>
internal sealed class LoadRun(LoadOptions options, TimeProvider time)
{
    /// <exception cref="BenchException">The process to measure does not exist.</exception>
    public async Task<LoadReport> RunAsync(CancellationToken cancellation)
    {
        var meter = options.Pid is { } pid ? new ProcessMeter(pid, time) : null;
        var model = new ShopModel(options.Seed);
        var schedule = new LoadSchedule(options, time);
        LoadConnection[] connections =
            [.. Enumerable.Range(0, options.Connections).Select(number => new LoadConnection(options, model, schedule, number, time))];
        try
        {
            ProcessReading? before = meter?.Read();
            TimeSpan ownBefore = Environment.CpuUsage.TotalTime;
            long started = time.GetTimestamp();
            await Task.WhenAll(connections.Select(connection => Task.Run(() => connection.RunAsync(cancellation), cancellation)));
            TimeSpan elapsed = time.GetElapsedTime(started);
            TimeSpan own = Environment.CpuUsage.TotalTime - ownBefore;
            ProcessReading? after = meter?.Read();
            bool? settled = meter is not null && options.Settle > TimeSpan.Zero ? await meter.SettleAsync(options.Settle, cancellation) : null;
            ProcessReading? atRest = settled is null ? null : meter?.Read();

            var counts = new LoadCounts();
            foreach (LoadConnection connection in connections)
            {
                counts.AddAll(connection.Counts);
            }

            return LoadReport.Of(options, counts, elapsed, own, ServerUsage.Of(counts.Acknowledged, before, after, atRest, settled));
        }
        finally
        {
            foreach (LoadConnection connection in connections)
            {
                connection.Dispose();
            }
        }
    }
}
