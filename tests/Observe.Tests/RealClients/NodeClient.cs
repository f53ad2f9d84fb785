using System.Diagnostics;
using System.Text.Json;
using Observe.Tests.Hosting;

namespace Observe.Tests.RealClients;

/// <summary>Runs tests/clients/node/send.mjs and reads what it says it sent.</summary>
public static class NodeClient
{
    private static readonly string Folder = Path.Combine(RepositoryPaths.Root, "tests", "clients", "node");

    /// <param name="protocol"><c>grpc</c>, <c>http/protobuf</c> or <c>http/json</c>.</param>
    public static async Task<SentTelemetry> SendAsync(string protocol, string endpoint, string run)
    {
        Assert.True(
            Directory.Exists(Path.Combine(Folder, "node_modules")),
            "The packages of tests/clients/node are missing. Run tests/run.sh, or npm ci in that folder.");
        var start = new ProcessStartInfo("node", ["send.mjs", "--protocol", protocol, "--endpoint", endpoint, "--run", run])
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

        Assert.True(node.ExitCode == 0, $"send.mjs ended with {node.ExitCode}: {await errors}");
        using JsonDocument sent = JsonDocument.Parse(await output);
        return NodeTelemetry.Read(sent.RootElement);
    }
}
