using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace Observe.BrowserTests;

/// <summary>A real Observe process on ports of its own, with a data directory that goes with it.</summary>
internal sealed partial class ObserveProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly DirectoryInfo _directory;
    private readonly StringBuilder _output = new();

    private ObserveProcess(Process process, DirectoryInfo directory)
    {
        _process = process;
        _directory = directory;
    }

    public Uri Web { get; private set; } = null!;

    public Uri OtlpHttp { get; private set; } = null!;

    public static async Task<ObserveProcess> StartAsync()
    {
        DirectoryInfo directory = Directory.CreateTempSubdirectory("observe-browser-");
        var start = new ProcessStartInfo("dotnet")
        {
            // Not the program's own directory: it must start from anywhere.
            WorkingDirectory = directory.FullName,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList =
            {
                BuildPaths.Program,
                $"--Observe:DataDirectory={Path.Combine(directory.FullName, "data")}",
                "--Observe:Endpoints:Web=http://127.0.0.1:0",
                "--Observe:Endpoints:OtlpGrpc=http://127.0.0.1:0",
                "--Observe:Endpoints:OtlpHttp=http://127.0.0.1:0",
            },
        };
        var observe = new ObserveProcess(Process.Start(start)!, directory);
        await observe.WaitForBannerAsync();
        return observe;
    }

    /// <summary>Asks it to stop as a service manager does, and returns its exit code.</summary>
    public async Task<int> StopAsync()
    {
        if (!_process.HasExited)
        {
            using Process signal = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
            await signal.WaitForExitAsync();
        }

        using var limit = new CancellationTokenSource(StopLimit);
        await _process.WaitForExitAsync(limit.Token);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await StopAsync();
        }
        catch (OperationCanceledException)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        _directory.Delete(recursive: true);
    }

    private async Task WaitForBannerAsync()
    {
        var data = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Take(string? line)
        {
            if (line is null)
            {
                data.TrySetException(new InvalidOperationException($"Observe ended before it was ready:\n{_output}"));
                return;
            }

            lock (_output)
            {
                _output.AppendLine(line);
            }

            Match match = BannerLine().Match(line);
            if (match.Groups["label"].Value == "Open")
                Web = new Uri(match.Groups["value"].Value);
            else if (match.Groups["label"].Value == "OTLP/HTTP")
                OtlpHttp = new Uri(match.Groups["value"].Value);
            else if (match.Groups["label"].Value == "Data")
                data.TrySetResult();
        }

        _process.OutputDataReceived += (_, line) => Take(line.Data);
        _process.ErrorDataReceived += (_, line) =>
        {
            lock (_output)
            {
                _output.AppendLine(line.Data);
            }
        };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await data.Task.WaitAsync(StartLimit);
    }

    [GeneratedRegex(@"^  (?<label>Open|OTLP/gRPC|OTLP/HTTP|Data) +(?<value>\S.*)$")]
    private static partial Regex BannerLine();
}
