using System.Diagnostics;
using System.Globalization;

namespace Observe.BrowserTests;

/// <summary>An Observe with a quarter of an hour of the load generator's shop: 14 services, coherent traces, their logs.</summary>
public sealed class LoadedShopFixture : BrowserFixture
{
    /// <summary>Logs, and as many spans.</summary>
    public const int Records = 20_000;

    protected override async Task SendAsync(Uri otlp, DateTimeOffset now)
    {
        foreach (string signal in (string[])["logs", "spans"])
        {
            // The same end for both, so that the logs lie within their spans.
            using Process load = Process.Start(new ProcessStartInfo("dotnet")
            {
                RedirectStandardOutput = true,
                ArgumentList =
                {
                    BuildPaths.LoadGenerator, "load", "--signal", signal, "--endpoint", otlp.ToString(), "--time-span", "14m",
                    "--records", Records.ToString(CultureInfo.InvariantCulture), "--end", now.ToString("O", CultureInfo.InvariantCulture),
                },
            })!;
            string output = await load.StandardOutput.ReadToEndAsync();
            await load.WaitForExitAsync();
            Assert.True(load.ExitCode == 0, output);
        }
    }
}
