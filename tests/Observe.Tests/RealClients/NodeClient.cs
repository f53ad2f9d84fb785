using System.Diagnostics;
using System.Text.Json;
using Observe.Tests.Hosting;

namespace Observe.Tests.RealClients;

/// <summary>Runs the programs of tests/clients/node and reads what they say.</summary>
public static class NodeClient
{
    private static readonly string Folder = Path.Combine(RepositoryPaths.Root, "tests", "clients", "node");

    /// <param name="protocol"><c>grpc</c>, <c>http/protobuf</c> or <c>http/json</c>.</param>
    public static async Task<SentTelemetry> SendAsync(string protocol, string endpoint, string run)
    {
        using JsonDocument sent = await RunAsync("send.mjs", "--protocol", protocol, "--endpoint", endpoint, "--run", run);
        return NodeTelemetry.Read(sent.RootElement);
    }

    /// <summary>What a client of Prometheus is told of the metrics of a run.</summary>
    /// <param name="endpoint">Where Prometheus would be.</param>
    public static Task<JsonDocument> AskPrometheusAsync(string endpoint, string run) => RunAsync("prometheus.mjs", "--endpoint", endpoint, "--run", run);

    private static async Task<JsonDocument> RunAsync(string script, params string[] arguments)
    {
        Assert.True(
            Directory.Exists(Path.Combine(Folder, "node_modules")),
            "The packages of tests/clients/node are missing. Run tests/run.sh, or npm ci in that folder.");
        var start = new ProcessStartInfo("node", [script, .. arguments])
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var node = System.Diagnostics.Process.Start(start)!;
        Task<string> output = node.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        Task<string> errors = node.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        try
        {
            await node.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
        finally
        {
            node.Kill(entireProcessTree: true); // Does nothing once it has ended.
        }

        Assert.True(node.ExitCode == 0, $"{script} ended with {node.ExitCode}: {await errors}");
        return JsonDocument.Parse(await output);
    }
}
