using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Observe.Tests.Bench;

public sealed class BenchFailureTests
{
    [Theory]
    [InlineData("verify")]
    [InlineData("query")]
    public async Task Command_NobodyListens_SaysSoInOneLineAndFails(string command)
    {
        // Bound and not listened on: nobody else gets the port while the test runs.
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        string address = $"127.0.0.1:{((IPEndPoint)socket.LocalEndPoint!).Port}";

        using System.Diagnostics.Process bench = System.Diagnostics.Process.Start(new ProcessStartInfo("dotnet")
        {
            ArgumentList = { Path.Combine(AppContext.BaseDirectory, "Observe.Bench.dll"), command, "--web", $"http://{address}" },
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        })!;
        string errors = await bench.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await bench.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal($"Observe cannot be asked: Connection refused ({address}). Start it, or say with --web where its UI and API are.\n", errors);
        Assert.Equal(1, bench.ExitCode);
    }
}
