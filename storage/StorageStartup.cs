using Microsoft.Extensions.Hosting;
using Observe.Storage.Engine.Embedded;
using Observe.Storage.Schema;

namespace Observe.Storage;

/// <summary>Opens storage before the other tiers start and closes it after they stopped.</summary>
internal sealed class StorageStartup(EmbeddedEngine engine, Migrator migrator) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await engine.OpenAsync(cancellationToken);
        await migrator.MigrateAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => engine.DisposeAsync().AsTask();
}
