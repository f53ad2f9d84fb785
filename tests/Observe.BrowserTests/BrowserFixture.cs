using Microsoft.Playwright;

using Observe.Tests.Hosting;

namespace Observe.BrowserTests;

/// <summary>One Observe with the shop's records, and one Chromium, for all tests of a class.</summary>
public class BrowserFixture : IAsyncLifetime
{
    // The distribution's Chromium; Playwright's own browsers are never downloaded.
    private const string Chromium = "/usr/bin/chromium";

    private static readonly string[] Arguments =
    [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync",
    ];

    private readonly TemporaryDirectory _directory = new();
    private ObserveProcess _observe = null!;
    private IPlaywright _playwright = null!;
    private IBrowser _browser = null!;

    public async ValueTask InitializeAsync()
    {
        _observe = await ObserveProcess.StartAsync(_directory.FullName);
        await SendAsync(new Uri(_observe.OtlpHttp), TimeProvider.System.GetUtcNow());
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium, Args = Arguments });
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
        await _observe.DisposeAsync();
        _directory.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>A page in a browser profile of its own.</summary>
    public async Task<IPage> OpenAsync(string address, ColorScheme theme = ColorScheme.Light)
    {
        IBrowserContext context = await _browser.NewContextAsync(new()
        {
            BaseURL = _observe.Web,
            ViewportSize = new() { Width = 1280, Height = 800 },
            ColorScheme = theme,
            TimezoneId = "Europe/Berlin",
        });
        context.SetDefaultTimeout(20_000);
        IPage page = await context.NewPageAsync();
        await page.GotoAsync(address);
        return page;
    }

    public static Task ScreenshotAsync(IPage page, string name) =>
        page.ScreenshotAsync(new() { Path = Path.Combine(BuildPaths.Screenshots, name + ".png") });

    /// <summary>Sends the records that the tests look at.</summary>
    protected virtual Task SendAsync(Uri otlp, DateTimeOffset now) => Shop.SendAsync(otlp, now);
}
