using Observe.Tests.Hosting;

namespace Observe.Tests.Process;

/// <summary>A service manager's SIGTERM ends Observe in order.</summary>
public sealed class ShutdownTests : IDisposable
{
    /// <summary>What a request's records spread over: an insert then takes several times as long.</summary>
    private const int SlowDays = 20;

    /// <summary>Less than what is acknowledged takes the engine.</summary>
    private const string ShortGrace = "--shutdownTimeoutSeconds=1";

    private readonly TemporaryDirectory _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task Terminate_AtRest_ExitCodeIsZero()
    {
        await using ObserveProcess observe = await ObserveProcess.StartAsync(_data.FullName);

        int exitCode = await observe.TerminateAsync();

        Assert.True(exitCode == 0, $"Exit code {exitCode}: {observe.StandardOutput}\n{observe.StandardError}");
        Assert.Equal("", observe.StandardError);
    }

    [Fact]
    public async Task Terminate_UnderLoad_ExitCodeIsZeroAndEveryRecordIsThereOnce()
    {
        await using var load = new CountedLoad("terminate", seed: 1);
        await using (ObserveProcess observe = await ObserveProcess.StartAsync(_data.FullName))
        {
            load.SendTo(observe);
            await load.UntilAcknowledgedAsync(100);
            Assert.Equal(0, await observe.TerminateAsync());
        }

        await using ObserveProcess restarted = await ObserveProcess.StartAsync(_data.FullName);
        load.SendTo(restarted);
        await load.EndAsync();
        await CountedRecords.VerifyAsync(restarted, load);
    }

    [Fact]
    public async Task Terminate_WhileTheEngineIsSlow_EndsInTimeAndTheNextStartStoresTheRest()
    {
        await using var load = new CountedLoad("terminate-slow", seed: 2, connectionsPerSignal: 1, SlowDays);
        await using (ObserveProcess observe = await ObserveProcess.StartAsync(_data.FullName, ShortGrace))
        {
            load.SendTo(observe);
            await load.UntilAcknowledgedAsync(30);
            await observe.SignalTerminationAsync();
            Assert.Equal(0, await observe.TerminateAsync()); // Impatient service managers ask twice.
            Assert.Equal("", observe.StandardError);
        }

        await using ObserveProcess restarted = await ObserveProcess.StartAsync(_data.FullName);
        load.SendTo(restarted);
        await load.EndAsync();
        await CountedRecords.VerifyAsync(restarted, load);
    }

    [Fact]
    public async Task Terminate_WhileTheJournalIsReplayed_ExitCodeIsZeroAndEveryRecordIsThereOnce()
    {
        await using var load = new CountedLoad("terminate-replay", seed: 3, connectionsPerSignal: 1, SlowDays);
        await using (ObserveProcess observe = await ObserveProcess.StartAsync(_data.FullName))
        {
            load.SendTo(observe);
            await load.UntilAcknowledgedAsync(30);
            await observe.KillAsync();
        }

        await using (ObserveProcess replaying = ObserveProcess.Launch(_data.FullName, ShortGrace))
        {
            await Eventually.TrueAsync("Observe says where it listens", () => replaying.OtlpHttpIfKnown is not null || replaying.HasEnded);
            int exitCode = await replaying.TerminateAsync();
            Assert.True(exitCode == 0, $"Exit code {exitCode}. {replaying.Said}");
            Assert.Contains("they are being stored now", replaying.StandardOutput, StringComparison.Ordinal);
        }

        await using ObserveProcess restarted = await ObserveProcess.StartAsync(_data.FullName);
        load.SendTo(restarted);
        await load.EndAsync();
        await CountedRecords.VerifyAsync(restarted, load);
    }
}
