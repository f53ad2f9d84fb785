using System.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;

namespace Observe.Query.SelfMetrics;

/// <summary>Begins to collect before any other service starts, so that the first request is counted too.</summary>
internal sealed class MetricCollection(MetricCollector collector, IMeterFactory factory) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        ProcessMeter.Create(factory);
        collector.Start();
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
