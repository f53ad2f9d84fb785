using System.Net;
using System.Net.Http.Json;
using Observe.Tests.Hosting;

namespace Observe.Tests.Process;

/// <summary>A write of the engine that fails costs nothing: neither what it was about to insert, nor what it was about to merge.</summary>
/// <remarks>The engine itself ignores failed writes. What makes them fail here is a limit on the size of the process's files.</remarks>
public sealed class FailedWriteTests : IDisposable
{
    private const int BodyBytes = 300_000;

    private const int AttributeBytes = 45_000;

    /// <summary>
    /// A request's segment in the journal and a part of its log are below it. Of a part of twenty logs, which has a file for each column, the body and each
    /// attribute are not.
    /// </summary>
    private const long FileLimit = 750_000;

    private const string FailedWrites = "SELECT sum(value) FROM system.errors WHERE last_error_message LIKE '%File too large%'";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private const string SegmentBytes = "--Observe:Ingest:Journal:SegmentBytes=65536";

    private readonly TemporaryDirectory _directory = new();
    private readonly Random _random = new(20261121);

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Insert_WhoseFilesCannotBeWritten_IsRepeatedUntilTheyCan()
    {
        await using ObserveProcess observe = await ObserveProcess.StartAsync(
            _directory.FullName, SegmentBytes, "--Observe:Ingest:MaxBatchDelay=00:00:05");
        await observe.LimitFilesAsync(FileLimit);
        for (int number = 0; number < 40; number++)
        {
            await SendAsync(observe, number);
        }

        await Eventually.TrueAsync("the log says why", () => observe.Said.Contains("File too large", StringComparison.Ordinal));
        await observe.LimitFilesAsync(null);

        await VerifyAsync(observe, 40);
    }

    [Fact]
    public async Task Merge_WhoseFilesCannotBeWritten_LeavesThePartsAsTheyAre()
    {
        await using ObserveProcess observe = await ObserveProcess.StartAsync(_directory.FullName, SegmentBytes, "--Observe:Ingest:MaxBatchDelay=00:00:00");
        await observe.LimitFilesAsync(FileLimit);
        for (int number = 0; number < 40; number++)
        {
            await SendAsync(observe, number);
            await UntilAsync(observe, "the log is stored", "SELECT count() FROM logs", minimum: number + 1);
        }

        await UntilAsync(observe, "a merge could not be written", FailedWrites, minimum: 1);
        await VerifyAsync(observe, 40);

        await observe.LimitFilesAsync(null);
        long failed = await CountAsync(observe, FailedWrites);
        await UntilAsync(observe, "parts are merged", "SELECT max(rows) FROM system.parts WHERE table = 'logs' AND active", minimum: 10);
        await VerifyAsync(observe, 40);

        // One may have been under way.
        Assert.InRange(await CountAsync(observe, FailedWrites) - failed, 0, 1);
    }

    /// <summary>Sends a log whose text cannot be compressed well.</summary>
    private async Task SendAsync(ObserveProcess observe, int number)
    {
        string time = $"{TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()}000000";
        object record = new
        {
            timeUnixNano = time,
            body = new { stringValue = $"{number}:{Text(BodyBytes)}" },
            attributes = Enumerable.Range(0, 3).Select(i => new { key = $"text{i}", value = new { stringValue = Text(AttributeBytes) } }),
        };
        using HttpResponseMessage response = await observe.Api.PostAsJsonAsync(
            $"{observe.OtlpHttp}/v1/logs",
            new { resourceLogs = new[] { new { scopeLogs = new[] { new { logRecords = new[] { record } } } } } },
            TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    private string Text(int bytes)
    {
        byte[] random = new byte[bytes];
        _random.NextBytes(random);
        return Convert.ToBase64String(random);
    }

    /// <summary>Every log is there once, and all of it can be read.</summary>
    private static async Task VerifyAsync(ObserveProcess observe, int count)
    {
        await UntilAsync(observe, "all logs are stored", "SELECT count() FROM logs", minimum: count);
        Assert.Equal(count, await CountAsync(observe, "SELECT count() FROM logs"));
        Assert.Equal(count, await CountAsync(observe, "SELECT uniqExact(Body) FROM logs"));
        Assert.True(await CountAsync(observe, "SELECT min(length(Body)) FROM logs") > BodyBytes);
        Assert.True(await CountAsync(observe, "SELECT min(length(Attributes.text2.:String)) FROM logs") > AttributeBytes);
    }

    private static async Task UntilAsync(ObserveProcess observe, string what, string sql, long minimum) =>
        await Eventually.GetAsync(what, async () => await CountAsync(observe, sql) >= minimum ? what : null, Limit);

    private static async Task<long> CountAsync(ObserveProcess observe, string sql) => (await observe.SqlAsync(sql))[0].Values.Single().GetInt64();
}
