using System.Globalization;
using System.Text.Json;
using Observe.Tests.Hosting;

namespace Observe.Tests.Process;

/// <summary>Whatever the process was doing when it was killed: what was sent is stored once.</summary>
public sealed class CrashTests : IDisposable
{
    private const int Kills = 50;

    /// <summary>About as long as a start takes.</summary>
    private const int StartMilliseconds = 1500;

    /// <summary>Segments, batches and pauses are small, so that a kill often meets the change from one to the next.</summary>
    private static readonly string[] Settings =
    [
        "--Observe:Ingest:Journal:SegmentBytes=65536",
        "--Observe:Ingest:MaxBatchDelay=00:00:00.005",
        "--Observe:Ingest:EagerBatchRows=100",
        "--Observe:Ingest:MaxBatchRows=1000",
    ];

    private readonly TemporaryDirectory _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task Kill_AtAnyMoment_EveryRecordIsThereOnce()
    {
        int seed = Environment.GetEnvironmentVariable("OBSERVE_TEST_SEED") is { Length: > 0 } given
            ? int.Parse(given, CultureInfo.InvariantCulture)
            : Random.Shared.Next();
        TestContext.Current.TestOutputHelper!.WriteLine($"OBSERVE_TEST_SEED={seed}");
        var random = new Random(seed);
        await using var load = new CountedLoad("crash", seed);
        for (int kill = 1; kill <= Kills; kill++)
        {
            await using ObserveProcess observe = ObserveProcess.Launch(_data.FullName, Settings);
            load.SendTo(observe);
            await MomentAsync(observe, load, random);
            Assert.False(observe.HasEnded, $"Observe ended by itself before kill {kill}. {observe.Said}");
            await observe.KillAsync();
        }

        await using ObserveProcess restarted = await ObserveProcess.StartAsync(_data.FullName, Settings);
        load.SendTo(restarted);
        await load.UntilAcknowledgedAsync(100);
        await load.EndAsync();
        foreach (CountedConnection connection in load.Connections)
        {
            await connection.RepeatLastAsync(restarted.OtlpHttp, TestContext.Current.CancellationToken);
        }

        await CountedRecords.VerifyAsync(restarted, load);
        await ResentAsync(restarted, load);
    }

    /// <summary>While it starts, while it stores what the one before left, or under load.</summary>
    private static async Task MomentAsync(ObserveProcess observe, CountedLoad load, Random random)
    {
        switch (random.Next(4))
        {
            case 0:
                await Task.Delay(random.Next(StartMilliseconds), TestContext.Current.CancellationToken);
                break;
            case 1:
                await Eventually.TrueAsync("Observe says where it listens", () => observe.OtlpHttpIfKnown is not null || observe.HasEnded);
                await Task.Delay(random.Next(100), TestContext.Current.CancellationToken);
                break;
            default:
                await load.UntilAcknowledgedAsync(random.Next(1, 100));
                break;
        }
    }

    /// <summary>The ledger knows of the requests that were sent again on purpose, after a few seconds.</summary>
    private static async Task ResentAsync(ObserveProcess observe, CountedLoad load)
    {
        JsonDocument ledger = await Eventually.GetAsync(
            "requests that were sent again are in the ledger",
            async () => await CountedRecords.LedgerAsync(observe, null) is var answer && answer.GetProperty("total").GetProperty("resent").GetInt64() > 0
                ? JsonDocument.Parse(answer.GetRawText())
                : null,
            TimeSpan.FromSeconds(30));
        using (ledger)
        {
            TestContext.Current.TestOutputHelper!.WriteLine(
                $"{load.Acknowledged} requests, {load.Connections.Sum(connection => connection.Broken)} broken, {load.Connections.Sum(connection => connection.Refusals)} refused; ledger: {ledger.RootElement.GetProperty("total")}");
        }
    }
}
