using OpenTelemetry.Exporter;
using Observe.Tests.Hosting;

namespace Observe.Tests.RealClients;

/// <summary>The official SDKs send all three signals to a running Observe, and every value is read back through its API, types kept.</summary>
public sealed class RealClientTests(RunningObserve running) : IClassFixture<RunningObserve>
{
    /// <summary>From the acknowledgement until a record can be found; a busy test machine takes its time.</summary>
    private static readonly TimeSpan Visible = TimeSpan.FromSeconds(30);

    private readonly ObserveProcess _observe = running.Process;
    private readonly string _run = Guid.NewGuid().ToString("N");

    [Fact]
    public Task DotNetSdk_OverGrpc_EveryValueIsReadBack() => CompareDotNetAsync(OtlpExportProtocol.Grpc, _observe.OtlpGrpc);

    [Fact]
    public Task DotNetSdk_OverHttpProtobuf_EveryValueIsReadBack() => CompareDotNetAsync(OtlpExportProtocol.HttpProtobuf, _observe.OtlpHttp);

    [Fact]
    public Task NodeSdk_OverGrpc_EveryValueIsReadBack() => CompareNodeAsync("grpc", _observe.OtlpGrpc);

    [Fact]
    public Task NodeSdk_OverHttpProtobuf_EveryValueIsReadBack() => CompareNodeAsync("http/protobuf", _observe.OtlpHttp);

    [Fact]
    public Task NodeSdk_OverHttpJson_EveryValueIsReadBack() => CompareNodeAsync("http/json", _observe.OtlpHttp);

    private async Task CompareDotNetAsync(OtlpExportProtocol protocol, string endpoint)
    {
        SentTelemetry sent = DotNetClient.Send(protocol, endpoint, _run);
        Assert.Equal(
            (DotNetTelemetry.Logs, DotNetTelemetry.Spans, DotNetTelemetry.Points), (sent.Logs.Count, sent.Spans.Count, sent.Metrics.Count));
        await CompareAsync(sent);
    }

    private async Task CompareNodeAsync(string protocol, string endpoint)
    {
        SentTelemetry sent = await NodeClient.SendAsync(protocol, endpoint, _run);
        Assert.Equal((NodeTelemetry.Logs, NodeTelemetry.Spans, NodeTelemetry.Points), (sent.Logs.Count, sent.Spans.Count, sent.Metrics.Count));
        await CompareAsync(sent);
    }

    private async Task CompareAsync(SentTelemetry sent)
    {
        List<SentLog> logs = await ReadAsync("the logs", sent.Logs.Count, () => StoredTelemetry.LogsAsync(_observe, _run));
        Same(sent.Logs.Select(TypedText.Of), logs.Select(TypedText.Of));

        List<SentSpan> spans = await ReadAsync("the spans", sent.Spans.Count, () => StoredTelemetry.SpansAsync(_observe, _run));
        Same(sent.Spans.Select(TypedText.Of), spans.Select(TypedText.Of));

        string traceId = sent.Spans[0].TraceId;
        (List<SentSpan> spansOfTrace, List<SentLog> logsOfTrace) = await StoredTelemetry.TraceAsync(_observe, traceId);
        Same(sent.Spans.Select(TypedText.Of), spansOfTrace.Select(TypedText.Of));
        Same(sent.Logs.Where(log => log.TraceId == traceId).Select(TypedText.Of), logsOfTrace.Select(TypedText.Of));

        List<SentMetric> points = await ReadAsync("the points", sent.Metrics.Count, () => StoredMetrics.PointsAsync(_observe, _run));
        Same(sent.Metrics.Select(TypedText.Of), points.Select(TypedText.Of));
    }

    private static Task<List<T>> ReadAsync<T>(string what, int count, Func<Task<List<T>>> read)
    {
        return Eventually.GetAsync($"{count} of {what}", AskAsync, Visible);

        async Task<List<T>?> AskAsync() => await read() is { } found && found.Count >= count ? found : null;
    }

    private static void Same(IEnumerable<string> sent, IEnumerable<string> stored) =>
        Assert.Equal(sent.Order(StringComparer.Ordinal), stored.Order(StringComparer.Ordinal));
}
