using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Observe.Tests.Hosting;

/// <summary>Observe as its users run it: a process of its own, all of its endpoints on free ports.</summary>
public sealed partial class ObserveProcess : IAsyncDisposable
{
    /// <summary>Generous, since a test machine may be busy; starting takes a second or two.</summary>
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan ExitLimit = TimeSpan.FromSeconds(60);

    private readonly System.Diagnostics.Process _process;
    private readonly ConcurrentQueue<string> _output = new();
    private readonly ConcurrentQueue<string> _errors = new();
    private readonly ConcurrentDictionary<string, string> _addresses = new();

    private ObserveProcess(System.Diagnostics.Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => OnOutput(line.Data);
        process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is not null)
            {
                _errors.Enqueue(line.Data);
            }
        };
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Speaks to the UI and the API. Its base address is known once the process is ready.</summary>
    public HttpClient Api { get; } = new();

    public string Web => _addresses["Open"];

    public string OtlpGrpc => _addresses["OTLP/gRPC"];

    public string OtlpHttp => _addresses["OTLP/HTTP"];

    /// <summary>The same as <see cref="OtlpHttp"/>; null until the process has said where it listens.</summary>
    public string? OtlpHttpIfKnown => _addresses.GetValueOrDefault("OTLP/HTTP");

    public bool HasEnded => _process.HasExited;

    /// <summary>All that it wrote, for the message of a failure.</summary>
    public string Said => $"It wrote:\n{StandardOutput}\n{StandardError}";

    public string StandardError => string.Join('\n', _errors);

    public string StandardOutput => string.Join('\n', _output);

    /// <summary>Starts and waits until it is ready.</summary>
    /// <param name="settings">More settings, each as <c>--Observe:Name=value</c>.</param>
    public static async Task<ObserveProcess> StartAsync(string dataDirectory, params string[] settings)
    {
        ObserveProcess observe = Launch(dataDirectory, settings);
        try
        {
            await observe.WaitUntilReadyAsync();
            return observe;
        }
        catch
        {
            await observe.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts and waits for nothing.</summary>
    public static ObserveProcess Launch(string dataDirectory, params string[] settings)
    {
        if (!File.Exists(RepositoryPaths.Program))
        {
            throw new InvalidOperationException($"{RepositoryPaths.Program} is missing. Build the solution first, in the tests' configuration.");
        }

        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
            Environment = { ["ASPNETCORE_ENVIRONMENT"] = "Production", ["DOTNET_ENVIRONMENT"] = "Production" },
        };
        start.ArgumentList.Add(RepositoryPaths.Program);
        start.ArgumentList.Add($"--Observe:DataDirectory={dataDirectory}");
        string[] endpoints = ["OtlpGrpc", "OtlpHttp", "Web"];
        foreach (string endpoint in endpoints)
        {
            start.ArgumentList.Add($"--Observe:Endpoints:{endpoint}=http://127.0.0.1:0");
        }

        foreach (string setting in settings)
        {
            start.ArgumentList.Add(setting);
        }

        return new ObserveProcess(new System.Diagnostics.Process { StartInfo = start });
    }

    /// <summary>Ends it as a power failure would.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await WaitForExitAsync();
    }

    /// <summary>Asks it to end, as a service manager does, and returns its exit code.</summary>
    public async Task<int> TerminateAsync()
    {
        await SignalTerminationAsync();
        return await WaitForExitAsync();
    }

    /// <summary>Asks it to end, and does not wait for it.</summary>
    public async Task SignalTerminationAsync()
    {
        using var kill = System.Diagnostics.Process.Start("sh", ["-c", $"kill -TERM {_process.Id}"]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>From now on no file of the process can become longer than this many bytes; null ends that.</summary>
    public async Task LimitFilesAsync(long? bytes)
    {
        using var limit = System.Diagnostics.Process.Start("prlimit", [$"--pid={_process.Id}", $"--fsize={bytes?.ToString(CultureInfo.InvariantCulture) ?? "unlimited"}:"]);
        await limit.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, limit.ExitCode);
    }

    public async Task<int> WaitForExitAsync()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(ExitLimit);
        try
        {
            await _process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"Observe did not end within {ExitLimit.TotalSeconds:N0} s. {Said}");
        }

        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process.Dispose();
        Api.Dispose();
    }

    private async Task WaitUntilReadyAsync()
    {
        try
        {
            string web = await Eventually.GetAsync("the addresses in Observe's banner", () => Task.FromResult(BannerAddress()), StartLimit);
            Api.BaseAddress = new Uri(web);
            await Eventually.GetAsync("/health/ready", IsReadyAsync, StartLimit);
        }
        catch (TimeoutException exception)
        {
            throw new TimeoutException($"{exception.Message} {Said}", exception);
        }
    }

    private string? BannerAddress()
    {
        FailIfEnded();
        return _addresses.ContainsKey("OTLP/gRPC") && _addresses.ContainsKey("OTLP/HTTP") && _addresses.TryGetValue("Open", out string? web)
            ? web
            : null;
    }

    private async Task<string?> IsReadyAsync()
    {
        FailIfEnded();
        using HttpResponseMessage response = await Api.GetAsync("/health/ready", TestContext.Current.CancellationToken);
        return response.IsSuccessStatusCode ? "ready" : null;
    }

    private void FailIfEnded()
    {
        if (_process.HasExited)
        {
            throw new InvalidOperationException($"Observe ended with code {_process.ExitCode} before it was ready. {Said}");
        }
    }

    private void OnOutput(string? line)
    {
        if (line is null)
        {
            return;
        }

        _output.Enqueue(line);
        if (BannerLine().Match(line) is { Success: true } match)
        {
            _addresses[match.Groups["what"].Value] = match.Groups["address"].Value;
        }
    }

    [GeneratedRegex(@"(?<what>Open|OTLP/gRPC|OTLP/HTTP)\s+(?<address>https?://\S+)")]
    private static partial Regex BannerLine();
}
