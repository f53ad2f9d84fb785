using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection;
using Observe.Ingest.Journal.Files;
using Observe.Ingest.Otlp;
using Observe.Storage.Batches;
using Observe.Tests.Hosting;
using Observe.Tests.Ingest.Journal;
using Observe.Tests.Ingest.Receivers;

namespace Observe.Tests.Ingest.Pipeline;

/// <summary>What senders are told while the journal's disk fails or does not answer, and what the engine gets in the end.</summary>
public sealed class DiskOutageTests
{
    private readonly FaultyFiles _files = new();
    private readonly FakeEngine _engine = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task DiskFull_SendersKeepTheirDataAndReadinessSaysSo_UntilThereIsRoom()
    {
        await using IngestHost host = await StartAsync();
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(host, Log("before"))).StatusCode);
        _files.FailOn((FileCall.Write, ".journal"));

        using HttpResponseMessage http = await PostAsync(host, Log("http"));
        GrpcReply grpc = await GrpcCalls.CallAsync(host, GrpcCalls.Logs, GrpcCalls.Frame(Log("grpc")));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, http.StatusCode);
        Assert.NotNull(http.Headers.RetryAfter);
        Assert.Equal("14", grpc.Status);
        Assert.NotNull(grpc.RetrySeconds);
        Assert.Contains("the journal of logs cannot be written", host.Status.NotReadyReason, StringComparison.Ordinal);
        Assert.Contains(FaultyFiles.NoSpace, host.Status.NotReadyReason, StringComparison.Ordinal);

        _files.Mend();
        await Eventually.TrueAsync("the disk was found to have room", () => host.Status.NotReadyReason is null);
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(host, Log("http"))).StatusCode);
        Assert.Equal("0", (await GrpcCalls.CallAsync(host, GrpcCalls.Logs, GrpcCalls.Frame(Log("grpc")))).Status);
        await host.DrainAsync();
        Assert.Equal(["before", "http", "grpc"], Bodies());
    }

    [Fact]
    public async Task Deadline_ThatPassesWhileTheDiskSyncs_IsDeadlineExceeded_AndTheRequestIsStoredOnceAndRecognised()
    {
        await using IngestHost host = await StartAsync();
        await PostAsync(host, Log("before"));
        byte[] frame = GrpcCalls.Frame(Log("late"));
        using (var disk = new BlockedCall(_files, FileCall.Sync, ".journal"))
        {
            Assert.Equal("4", (await GrpcCalls.CallAsync(host, GrpcCalls.Logs, frame, ("grpc-timeout", "300m"))).Status);
            await disk.ReachedAsync();
            Assert.DoesNotContain("late", Bodies());
        }

        await Eventually.TrueAsync("it is stored", () => Bodies().Contains("late"));
        Assert.Equal("0", (await GrpcCalls.CallAsync(host, GrpcCalls.Logs, frame)).Status);
        await PostAsync(host, Log("after"));
        await host.DrainAsync();

        Assert.Equal(["before", "late", "after"], Bodies());
    }

    [Fact]
    public async Task Sender_ThatGoesAwayWhileTheDiskSyncs_HasItsRequestStoredOnce()
    {
        await using IngestHost host = await StartAsync();
        await PostAsync(host, Log("before"));
        using (var disk = new BlockedCall(_files, FileCall.Sync, ".journal"))
        {
            using var gone = new CancellationTokenSource();
            Task<HttpResponseMessage> request = SendAsync(host, Log("late"), gone.Token);
            await disk.ReachedAsync();
            await gone.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => request);
        }

        Assert.Equal(HttpStatusCode.OK, (await PostAsync(host, Log("late"))).StatusCode);
        await host.DrainAsync();
        Assert.Equal(["before", "late"], Bodies());
    }

    [Fact]
    public async Task OneSignal_Stuck_DoesNotHoldUpTheOthers()
    {
        var release = new TaskCompletionSource();
        _engine.OnInsert = batch => batch is LogBatch ? release.Task : Task.CompletedTask;
        await using IngestHost host = await StartAsync();
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(host, OtlpSamples.Logs)).StatusCode);
        Assert.Equal("0", (await GrpcCalls.CallAsync(host, GrpcCalls.Traces, GrpcCalls.Frame(OtlpSamples.Traces))).Status);
        Assert.Equal("0", (await GrpcCalls.CallAsync(host, GrpcCalls.Metrics, GrpcCalls.Frame(OtlpSamples.Metrics))).Status);

        await Eventually.TrueAsync("traces and metrics are stored", () => host.Pipelines.Signals.All(signal => signal.Signal == OtlpSignal.Logs || signal.IsDrained));
        Assert.False(host.Pipelines.Signals.Single(signal => signal.Signal == OtlpSignal.Logs).IsDrained);
        release.SetResult();
        await host.DrainAsync();
        Assert.Single(_engine.Of("logs"));
    }

    private Task<IngestHost> StartAsync() => IngestHost.StartJournalAsync(_engine, services => services.AddSingleton<IJournalFiles>(_files));

    private static byte[] Log(string text) => OtlpWriter.Request(OtlpWriter.Log(text));

    private IReadOnlyList<string> Bodies() =>
        [.. _engine.Of("logs").SelectMany(static block => Enumerable.Range(0, block.RowCount).Select(row => block["Body"].GetString(row)))];

    private static Task<HttpResponseMessage> PostAsync(IngestHost host, byte[] body) => SendAsync(host, body, Cancellation);

    private static async Task<HttpResponseMessage> SendAsync(IngestHost host, byte[] body, CancellationToken cancellationToken)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-protobuf");
        return await host.Http.PostAsync("/v1/logs", content, cancellationToken);
    }
}
