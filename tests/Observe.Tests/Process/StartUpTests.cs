using System.Net;
using System.Net.Sockets;
using Observe.Tests.Hosting;

namespace Observe.Tests.Process;

/// <summary>What cannot work is said in one message on standard error, with exit code 1.</summary>
public sealed class StartUpTests : IDisposable
{
    private readonly TemporaryDirectory _data = new();

    public void Dispose() => _data.Dispose();

    [Theory]
    [InlineData("OtlpGrpc")]
    [InlineData("OtlpHttp")]
    [InlineData("Web")]
    public async Task Start_PortInUse_SaysWhichAndEnds(string endpoint)
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        int port = ((IPEndPoint)taken.LocalEndpoint).Port;

        string message = await FailureAsync(_data.FullName, $"--Observe:Endpoints:{endpoint}=http://127.0.0.1:{port}");

        Assert.Contains($"127.0.0.1:{port}", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    public async Task Start_AskedForHelp_SaysWhatItTakesAndEnds(string help)
    {
        string data = Path.Combine(_data.FullName, "none");
        await using ObserveProcess process = ObserveProcess.Launch(data, help);

        Assert.Equal(0, await process.WaitForExitAsync());

        Assert.Contains("--Observe:DataDirectory=", process.StandardOutput, StringComparison.Ordinal);
        Assert.False(Directory.Exists(data));
    }

    [Fact]
    public async Task Start_DataDirectoryNotWritable_SaysWhichAndEnds()
    {
        // Permissions do not stop root, a path through a regular file stops everybody.
        string file = Path.Combine(_data.FullName, "file");
        await File.WriteAllTextAsync(file, "", TestContext.Current.CancellationToken);
        string directory = Path.Combine(file, "data");

        string message = await FailureAsync(directory);

        Assert.Contains(directory, message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_DataDirectoryOfARunningProcess_SaysSoAndLeavesThatAlone()
    {
        await using ObserveProcess first = await ObserveProcess.StartAsync(_data.FullName);

        string message = await FailureAsync(_data.FullName);

        Assert.Contains(_data.FullName, message, StringComparison.Ordinal);
        using HttpResponseMessage ready = await first.Api.GetAsync("/health/ready", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
    }

    [Fact]
    public async Task Start_EngineLibraryMissing_SaysWhereItLookedAndEnds()
    {
        string library = Path.Combine(_data.FullName, "nowhere", "libchdb.so");

        string message = await FailureAsync(_data.FullName, $"--Observe:Engine:LibraryPath={library}");

        Assert.Contains(library, message, StringComparison.Ordinal);
    }

    /// <summary>Starts what must fail, and returns the one line it wrote to standard error.</summary>
    private static async Task<string> FailureAsync(string dataDirectory, params string[] settings)
    {
        await using ObserveProcess observe = ObserveProcess.Launch(dataDirectory, settings);
        int exitCode = await observe.WaitForExitAsync();
        string[] lines = observe.StandardError.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.True(lines.Length == 1, $"One line was expected on standard error:\n{observe.StandardError}");
        Assert.Equal(1, exitCode);
        return lines[0];
    }
}
