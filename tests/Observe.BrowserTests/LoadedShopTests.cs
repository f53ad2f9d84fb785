using System.Text.RegularExpressions;

using Microsoft.Playwright;

using static Microsoft.Playwright.Assertions;

namespace Observe.BrowserTests;

/// <summary>From a list of twenty thousand logs to the failing statement of one request. The README shows two of these screenshots.</summary>
public sealed class LoadedShopTests(LoadedShopFixture fixture) : IClassFixture<LoadedShopFixture>
{
    [Fact]
    public async Task Search_AllLogs_AreCounted()
    {
        IPage page = await fixture.OpenAsync("/search?q=logs&from=now-1h&to=now");

        await Expect(page.GetByText("20,000", new() { Exact = true })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Search_ErrorOpened_ShowsItsFieldsBesideTheList()
    {
        string query = Uri.EscapeDataString("service.name in (checkout, payment)");
        IPage page = await fixture.OpenAsync($"/search?q={query}&from=now-15m&to=now");
        await page.Locator(".record", new() { HasTextRegex = new Regex("error") }).First.ClickAsync();

        ILocator panel = page.Locator(".panel");
        await Expect(panel).ToContainTextAsync("duration_ms");
        await Expect(panel).ToContainTextAsync("service.instance.id");
        await Expect(panel.GetByRole(AriaRole.Link, new() { Name = "Open trace" })).ToBeVisibleAsync();
        await BrowserFixture.ScreenshotAsync(page, "shop-search-light");
    }

    [Fact]
    public async Task Trace_OfAFailedCheckout_LeadsToTheFailingSpan()
    {
        string query = Uri.EscapeDataString("spans service.name=frontend name=\"POST /checkout\" status=error");
        IPage page = await fixture.OpenAsync($"/search?q={query}&from=now-1h&to=now", ColorScheme.Dark);
        await page.Locator(".record").First.ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Open trace" }).ClickAsync();
        await Expect(page.Locator("h1")).ToContainTextAsync("POST /checkout");

        // The deepest of them, where the failure began.
        ILocator failing = page.Locator(".wf-row.wf-error").Last;
        await failing.ClickAsync();

        ILocator panel = page.Locator(".panel");
        await Expect(panel).ToContainTextAsync("exception.type");
        await Expect(panel.GetByRole(AriaRole.Heading, new() { Name = "Logs" })).ToBeVisibleAsync();
        Assert.True(await page.Locator(".wf-row").CountAsync() > 10);
        await BrowserFixture.ScreenshotAsync(page, "shop-trace-dark");
    }
}
