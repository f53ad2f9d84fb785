using System.Text.RegularExpressions;

using Microsoft.Playwright;

using static Microsoft.Playwright.Assertions;

namespace Observe.BrowserTests;

public sealed class TracePageTests(BrowserFixture fixture) : IClassFixture<BrowserFixture>
{
    [Fact]
    public async Task Log_TraceLinkFollowed_ShowsTheSpanWithAttributesEventsAndLogs()
    {
        IPage page = await fixture.OpenAsync("/search?q=order.id%3DA-1001%20severity%3E%3Derror&from=now-1h&to=now");
        await page.Locator(".record").First.ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Open trace" }).ClickAsync();

        await Expect(page).ToHaveURLAsync(new Regex($"/trace/{Shop.TraceId}\\?span={Shop.PaymentSpanId}$"));
        await Expect(page.Locator(".wf-row")).ToHaveCountAsync(5);
        await Expect(page.Locator(".wf-row[aria-selected=true]")).ToContainTextAsync("charge");
        await Expect(page.Locator("h1")).ToContainTextAsync("POST /checkout");

        ILocator panel = page.Locator(".panel");
        await Expect(panel).ToContainTextAsync("http.response.status_code");
        await Expect(panel).ToContainTextAsync("Shop.ProviderUnavailableException");
        await Expect(panel).ToContainTextAsync(Shop.FailureBody);
        await BrowserFixture.ScreenshotAsync(page, "trace-light");

        await page.ReloadAsync();
        await Expect(page.Locator(".wf-row[aria-selected=true]")).ToContainTextAsync("charge");
    }

    [Fact]
    public async Task Trace_LogsTab_ListsTheLogsOfAllSpans()
    {
        IPage page = await fixture.OpenAsync($"/trace/{Shop.TraceId}", ColorScheme.Dark);
        await Expect(page.Locator(".wf-row")).ToHaveCountAsync(5);
        await BrowserFixture.ScreenshotAsync(page, "trace-dark");

        await page.GetByRole(AriaRole.Tab, new() { Name = "Logs" }).ClickAsync();
        await Expect(page.Locator(".record")).ToHaveCountAsync(3);
        await Expect(page.Locator(".record").Last).ToContainTextAsync(Shop.FailureBody);
    }

    [Fact]
    public async Task Span_Collapsed_HidesItsDescendants()
    {
        IPage page = await fixture.OpenAsync($"/trace/{Shop.TraceId}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Collapse POST /api/orders" }).ClickAsync();

        await Expect(page.Locator(".wf-row")).ToHaveCountAsync(2);
        await Expect(page.Locator(".wf-count")).ToHaveTextAsync("3");
    }

    [Fact]
    public async Task Trace_NotStoredAfterOneThatIs_ShowsNothingOfTheFirst()
    {
        IPage page = await fixture.OpenAsync($"/trace/{Shop.TraceId}");
        await Expect(page.Locator("h1")).ToContainTextAsync("POST /checkout");

        await page.EvaluateAsync("Blazor.navigateTo('trace/ffffffffffffffffffffffffffffffff')");
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Nothing with this trace id is stored");
        await Expect(page.Locator("h1")).ToHaveTextAsync("Trace");
    }

    [Fact]
    public async Task Trace_IdThatIsNone_SaysWhatOneLooksLike()
    {
        IPage page = await fixture.OpenAsync("/trace/xyz");

        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("This is not a trace id");
    }
}
