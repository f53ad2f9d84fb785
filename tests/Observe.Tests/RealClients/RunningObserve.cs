using Observe.Tests.Hosting;

namespace Observe.Tests.RealClients;

/// <summary>One Observe for all tests of a class.</summary>
public sealed class RunningObserve : IAsyncLifetime
{
    private readonly TemporaryDirectory _data = new();

    public ObserveProcess Process { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Process = await ObserveProcess.StartAsync(_data.FullName);

    public async ValueTask DisposeAsync()
    {
        if (Process is not null)
        {
            await Process.DisposeAsync();
        }

        _data.Dispose();
    }
}
