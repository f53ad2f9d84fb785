using Observe.Tests.Hosting;

namespace Observe.Tests.Process;

/// <summary>What was acknowledged survives the death of the process at any moment.</summary>
public sealed class CrashTests : IDisposable
{
    private const int Crashes = 3;

    private readonly TemporaryDirectory _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task Kill_UnderLoad_EveryAcknowledgedRecordIsThereOnce()
    {
        var loads = new List<CountedLoad>();
        for (int crash = 1; crash <= Crashes; crash++)
        {
            await using ObserveProcess observe = await ObserveProcess.StartAsync(_data.FullName);
            var load = new CountedLoad($"crash-{crash}");
            loads.Add(load);
            await load.RunAsync(observe, 60 * crash, observe.KillAsync);
        }

        await using ObserveProcess restarted = await ObserveProcess.StartAsync(_data.FullName);
        foreach (CountedLoad load in loads)
        {
            await load.VerifyAsync(restarted);
        }
    }
}
