using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Observe.Tests.Hosting;

namespace Observe.Tests.Process;

/// <summary>A full disk is said once, costs no acknowledged record, and is over when there is room, without a restart.</summary>
public sealed partial class FullDiskTests : IDisposable
{
    private const string SegmentBytes = "--Observe:Ingest:Journal:SegmentBytes=65536";

    /// <summary>The engine takes no spans when less than 64 MiB are free.</summary>
    private const int EngineMegabytes = 256;

    private const int JournalMegabytes = 4;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Journal_WhileItsDiskIsFull_SendersKeepTheirDataAndEveryRecordIsThereOnce()
    {
        using var disk = SmallDisk.Mount(JournalMegabytes);
        await using ObserveProcess observe = await ObserveProcess.StartAsync(
            _directory.FullName, $"--Observe:Ingest:Journal:Directory={disk.FullName}", SegmentBytes);
        await using var load = new CountedLoad("journal-disk", seed: 1);
        load.SendTo(observe);
        await load.UntilAcknowledgedAsync(100);

        disk.Fill();
        await Eventually.TrueAsync("each sender was refused twice", () => load.Connections.All(connection => connection.Refusals >= 2));
        string reason = await NotReadyAsync(observe);
        Assert.Contains("No space left on device", reason, StringComparison.Ordinal);
        Assert.Contains("cannot be written", reason, StringComparison.Ordinal);

        await disk.MakeRoomAsync();
        await ReadyAsync(observe);
        await load.UntilAcknowledgedAsync(100);
        await load.EndAsync();
        await CountedRecords.VerifyAsync(observe, load);
        int failures = Count(observe, "cannot be written: ");
        Assert.Equal(failures, Count(observe, "can be written again"));
        Assert.InRange(failures, 3, 30);
        int files = Directory.EnumerateFiles(disk.FullName, "*.journal", SearchOption.AllDirectories).Count();
        Assert.True(files <= 6, $"{files} segments are left although all is stored.");
    }

    [Fact]
    public async Task Engine_WhileItsDiskIsFull_RecordsWaitInTheJournalAndEveryRecordIsThereOnce()
    {
        using var disk = SmallDisk.Mount(EngineMegabytes);
        await using ObserveProcess observe = await ObserveProcess.StartAsync(
            disk.FullName, $"--Observe:Ingest:Journal:Directory={_directory.FullName}", SegmentBytes);
        await using var load = new CountedLoad("engine-disk", seed: 2);
        load.SendTo(observe);
        await load.UntilAcknowledgedAsync(100);

        disk.Fill();
        await Eventually.TrueAsync("logs could not be stored four times", () => Pauses(observe, "Logs").Length >= 4);
        await load.UntilAcknowledgedAsync(100);
        using (HttpResponseMessage ready = await observe.Api.GetAsync("/health/ready", TestContext.Current.CancellationToken))
        {
            string text = await ready.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.True(ready.StatusCode == HttpStatusCode.OK, text);
            Assert.Matches(@"^ready\n(warning: .*\n)*warning: logs cannot be stored at the moment, and \d+ records wait in the journal. Make room on the disk", text);
        }

        Assert.Contains(
            "The latest records are missing here: logs cannot be stored",
            await observe.Api.GetStringAsync("/search", TestContext.Current.CancellationToken),
            StringComparison.Ordinal);

        double[] pauses = Pauses(observe, "Logs");
        Assert.True(pauses[3] > pauses[0], $"The pauses do not grow: {string.Join(", ", pauses)}.");

        await disk.MakeRoomAsync();
        await load.UntilAcknowledgedAsync(100);
        await load.EndAsync();
        await CountedRecords.VerifyAsync(observe, load);
        Assert.Equal(0, Count(observe, "set aside"));
    }

    [Fact]
    public async Task Engine_UntilTheJournalIsFull_SaysSoAndEveryRecordIsThereOnce()
    {
        using var disk = SmallDisk.Mount(EngineMegabytes);
        await using ObserveProcess observe = await ObserveProcess.StartAsync(
            disk.FullName, $"--Observe:Ingest:Journal:Directory={_directory.FullName}", SegmentBytes, "--Observe:Ingest:Journal:MaxBytes=2000000",
            "--Observe:Ingest:MaxRequestBytes=300000");
        await using var load = new CountedLoad("journal-limit", seed: 3);
        load.SendTo(observe);
        await load.UntilAcknowledgedAsync(100);

        disk.Fill();
        await Eventually.TrueAsync("each sender was refused twice", () => load.Connections.All(connection => connection.Refusals >= 2), Limit);
        string reason = await NotReadyAsync(observe);
        Assert.Contains("senders are told to keep their data", reason, StringComparison.Ordinal);
        Assert.Contains("MaxBytes", reason, StringComparison.Ordinal);

        await disk.MakeRoomAsync();
        await ReadyAsync(observe);
        await load.UntilAcknowledgedAsync(100);
        await load.EndAsync();
        await CountedRecords.VerifyAsync(observe, load);
    }

    /// <summary>Waits until it is not ready, and returns the reason.</summary>
    private static Task<string> NotReadyAsync(ObserveProcess observe) => Eventually.GetAsync(
        "/health/ready says why it is not",
        async () =>
        {
            using HttpResponseMessage ready = await observe.Api.GetAsync("/health/ready", TestContext.Current.CancellationToken);
            return ready.StatusCode == HttpStatusCode.ServiceUnavailable ? await ready.Content.ReadAsStringAsync(TestContext.Current.CancellationToken) : null;
        },
        Limit);

    private static Task<string> ReadyAsync(ObserveProcess observe) => Eventually.GetAsync(
        "/health/ready",
        async () =>
        {
            using HttpResponseMessage ready = await observe.Api.GetAsync("/health/ready", TestContext.Current.CancellationToken);
            return ready.StatusCode == HttpStatusCode.OK ? "ready" : null;
        },
        Limit);

    private static int Count(ObserveProcess observe, string text) =>
        observe.Said.Split('\n').Count(line => line.Contains(text, StringComparison.Ordinal));

    /// <summary>What the log says of the pauses between attempts to store a signal, in seconds.</summary>
    private static double[] Pauses(ObserveProcess observe, string signal) =>
        [.. PausePattern().Matches(observe.Said).Where(match => match.Groups["signal"].Value == signal)
            .Select(match => double.Parse(match.Groups["seconds"].Value, CultureInfo.InvariantCulture))];

    [GeneratedRegex(@"(?<signal>\w+) could not be stored \d+ times in a row; tried again in (?<seconds>[\d.]+) s")]
    private static partial Regex PausePattern();
}
