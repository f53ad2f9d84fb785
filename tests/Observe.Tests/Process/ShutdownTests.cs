using Observe.Tests.Hosting;

namespace Observe.Tests.Process;

/// <summary>A service manager's SIGTERM ends Observe in order.</summary>
public sealed class ShutdownTests : IDisposable
{
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
}
