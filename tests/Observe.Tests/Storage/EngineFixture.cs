using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Observe.Storage;
using Observe.Storage.Engine;
using Observe.Storage.Engine.Embedded;
using Observe.Storage.Schema;

[assembly: AssemblyFixture(typeof(Observe.Tests.Storage.EngineFixture))]

namespace Observe.Tests.Storage;

/// <summary>
/// The real engine inside the test process. A process has one storage path, so all tests share it and each class takes a database of its own.
/// </summary>
public sealed class EngineFixture : IAsyncLifetime
{
    private readonly string _path = Directory.CreateTempSubdirectory("observe-tests-").FullName;
    private readonly Dictionary<string, EmbeddedEngine> _engines = [];
    private readonly SemaphoreSlim _lock = new(1);
    private DataDirectory? _directory;

    public ValueTask InitializeAsync()
    {
        _directory = DataDirectory.Open(_path);
        return ValueTask.CompletedTask;
    }

    /// <summary>An engine with the migrated database of this name, made when it is first asked for.</summary>
    public async Task<IStorageEngine> DatabaseAsync(string name)
    {
        await _lock.WaitAsync();
        try
        {
            if (_engines.TryGetValue(name, out EmbeddedEngine? existing))
            {
                return existing;
            }

            EmbeddedEngine engine = await OpenAsync(new StorageOptions { DataDirectory = _path, Database = name });
            _engines.Add(name, engine);
            await new Migrator(engine, NullLogger<Migrator>.Instance).MigrateAsync(TestContext.Current.CancellationToken);
            return engine;
        }
        finally
        {
            _lock.Release();
        }
    }

    /// <summary>An engine of the caller's own, to be disposed by it; its database has no tables.</summary>
    internal async Task<EmbeddedEngine> OpenAsync(StorageOptions options)
    {
        var engine = new EmbeddedEngine(Options.Create(options), NullLogger<EmbeddedEngine>.Instance, TimeProvider.System)
        {
            SharedDirectory = _directory,
        };
        await engine.OpenAsync(TestContext.Current.CancellationToken);
        return engine;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (EmbeddedEngine engine in _engines.Values)
        {
            await engine.DisposeAsync();
        }

        _directory?.Dispose();
        _lock.Dispose();
        Directory.Delete(_path, recursive: true);
    }
}
