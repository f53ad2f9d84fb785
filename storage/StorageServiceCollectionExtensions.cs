using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Observe.Storage.Engine;
using Observe.Storage.Engine.Embedded;
using Observe.Storage.Schema;

namespace Observe.Storage;

public static class StorageServiceCollectionExtensions
{
    /// <summary>
    /// Adds the storage engine. To be called before the other tiers are added: hosted services start in the order in which they were added
    /// and stop in the reverse one.
    /// </summary>
    public static IServiceCollection AddObserveStorage(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<StorageOptions>().Bind(configuration.GetSection(StorageOptions.Section));
        services.AddSingleton<IValidateOptions<StorageOptions>, StorageOptionsValidator>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<EmbeddedEngine>();
        services.AddSingleton<IStorageEngine>(provider => provider.GetRequiredService<EmbeddedEngine>());
        services.AddSingleton<Migrator>();
        services.AddHostedService<StorageStartup>();
        return services;
    }
}
