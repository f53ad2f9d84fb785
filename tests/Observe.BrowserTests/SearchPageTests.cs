using System.Text.RegularExpressions;

using Microsoft.Playwright;

using static Microsoft.Playwright.Assertions;

namespace Observe.BrowserTests;

public sealed partial class SearchPageTests(BrowserFixture fixture) : IClassFixture<BrowserFixture>
{
    [Fact]
    public async Task Query_FieldTyped_FindsTheLogAndShowsAllItsFields()
    {
        IPage page = await fixture.OpenAsync("/");
        await Expect(page.Locator(".record").First).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("/");
        await page.Keyboard.TypeAsync("order.id=A-1001 severity>=error");
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.Locator(".record")).ToHaveCountAsync(1);
        await Expect(page.Locator(".record")).ToContainTextAsync(Shop.FailureBody);
        await Expect(page).ToHaveURLAsync(QueryInAddress());

        await page.Locator(".record").ClickAsync();
        ILocator panel = page.GetByRole(AriaRole.Complementary, new() { Name = "Log record" });
        foreach (string text in (string[])["order.id", "A-1001", "duration_ms", "490", "retry.count", "final", "true", "service.name", "host.name", "node-3", Shop.TraceId])
            await Expect(panel.GetByText(text, new() { Exact = true }).First).ToBeVisibleAsync();
        await BrowserFixture.ScreenshotAsync(page, "search-light");

        await page.ReloadAsync();
        await Expect(panel).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Textbox, new() { Name = "Query" })).ToHaveValueAsync("order.id=A-1001 severity>=error");
    }

    [Fact]
    public async Task Field_FilterClicked_ChangesTheAddressAndTheRows()
    {
        IPage page = await fixture.OpenAsync("/search?q=customer.id:*&from=now-1h&to=now");
        await Expect(page.Locator(".search-facts b").First).ToHaveTextAsync("200");

        await page.Locator(".record").Filter(new() { HasText = "Order B-0 placed" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Filter by customer.id" }).ClickAsync();
        await Expect(page.Locator(".search-facts b").First).ToHaveTextAsync("5");
        await Expect(page).ToHaveURLAsync(new Regex("customer\\.id%3D0"));

        await page.GoBackAsync();
        await Expect(page.Locator(".search-facts b").First).ToHaveTextAsync("200");
    }

    [Fact]
    public async Task Query_SyntaxError_IsUnderlinedWithItsMessage()
    {
        IPage page = await fixture.OpenAsync("/search?q=severity%3E%3D&from=now-1h&to=now");

        await Expect(page.Locator(".q-error")).ToHaveCountAsync(1);
        await Expect(page.GetByRole(AriaRole.Alert).First).Not.ToBeEmptyAsync();
        await Expect(page.GetByRole(AriaRole.Textbox, new() { Name = "Query" })).ToHaveAttributeAsync("aria-invalid", "true");
    }

    [Fact]
    public async Task Keyboard_DownEnterEscape_OpensAndClosesARow()
    {
        IPage page = await fixture.OpenAsync("/search?q=&from=now-1h&to=now");
        await Expect(page.Locator(".record").First).ToBeVisibleAsync();

        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("j");
        await Expect(page.Locator(".record").Nth(1)).ToHaveAttributeAsync("aria-selected", "true");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".panel")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator(".panel")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Keyboard_DownOverRowsThatAreAlike_PassesThem()
    {
        IPage page = await fixture.OpenAsync("/search?q=service.name%3Dclock&from=now-1h&to=now");
        await page.Locator(".record").First.ClickAsync();
        for (int row = 1; row <= 3; row++)
        {
            await page.Keyboard.PressAsync("j");
            ILocator chosen = page.Locator(".record").Nth(row);
            await Expect(chosen).ToHaveAttributeAsync("aria-selected", "true");
            // It stays chosen, which a search that runs again would undo.
            await Expect(page.Locator(".progress-on")).ToHaveCountAsync(0);
            await Expect(chosen).ToHaveAttributeAsync("aria-selected", "true");
        }

        await Expect(page.Locator(".panel pre").First).ToHaveTextAsync("tick 1");
    }

    [Fact]
    public async Task Address_LimitMistyped_StillOpens()
    {
        IPage page = await fixture.OpenAsync("/search?q=service.name%3Dclock&from=now-1h&to=now&limit=abc");

        await Expect(page.Locator(".search-facts b").First).ToHaveTextAsync("240");
    }

    [Fact]
    public async Task Row_OpenOneClicked_IsNotSearchedAgain()
    {
        IPage page = await fixture.OpenAsync("/search?q=service.name%3Dclock&from=now-1h&to=now");
        await page.Locator(".record").First.ClickAsync();
        await Expect(page.Locator(".panel")).ToBeVisibleAsync();
        await page.EvaluateAsync("""
            window.searches = 0;
            new MutationObserver(() => { if (document.querySelector('.progress-on')) window.searches++; })
              .observe(document, { subtree: true, attributes: true, attributeFilter: ['class'] });
            """);

        await page.Locator(".record").First.ClickAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator(".panel")).ToHaveCountAsync(0);
        Assert.Equal(0, await page.EvaluateAsync<int>("window.searches"));
    }

    [Fact]
    public async Task Rows_LongList_BeginWithTheFirstFromTheStart()
    {
        IPage page = await fixture.OpenAsync("/services");
        await page.AddInitScriptAsync("""
            window.firstRows = [];
            new MutationObserver(() => {
              const row = document.querySelector('.records .record')?.getAttribute('aria-rowindex') ?? null;
              if (row !== null && row !== window.firstRows.at(-1)) window.firstRows.push(row);
            }).observe(document, { subtree: true, childList: true, attributes: true });
            """);
        await page.GotoAsync("/search?q=service.name%3Dclock&from=now-1h&to=now");
        await Expect(page.Locator(".record").First).ToBeVisibleAsync();

        // The last row arrives after all that happens at the beginning.
        await page.Locator(".records").EvaluateAsync("list => { list.scrollTop = list.scrollHeight; }");
        await Expect(page.Locator(".record[aria-rowindex='241']")).ToBeVisibleAsync();
        Assert.Equal(["2"], await page.EvaluateAsync<string[]>("window.firstRows"));
    }

    [Fact]
    public async Task Page_LeftBeforeItsScriptsArrive_LeavesTheNextOneWorking()
    {
        IPage page = await fixture.OpenAsync("/services");
        await Expect(page.Locator("td").First).ToBeVisibleAsync();
        var scripts = new TaskCompletionSource();
        await page.RouteAsync("**/js/shell*.js", async route =>
        {
            await scripts.Task;
            await route.ContinueAsync();
        });
        Task<IRequest> asked = page.WaitForRequestAsync("**/js/shell*.js");
        await page.GotoAsync("/search?q=&from=now-1h&to=now");
        await asked;
        await page.GetByRole(AriaRole.Link, new() { Name = "Services" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Services" })).ToBeVisibleAsync();
        scripts.SetResult();

        await Expect(page.Locator("td").First).ToBeVisibleAsync();
        await Expect(page.Locator("#blazor-error-ui")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Theme_Toggled_StaysAfterAReload()
    {
        IPage page = await fixture.OpenAsync("/search?q=&from=now-1h&to=now", ColorScheme.Dark);
        await Expect(page.Locator(".record").First).ToBeVisibleAsync();
        await BrowserFixture.ScreenshotAsync(page, "search-dark");
        string dark = await BackgroundAsync(page);

        await page.GetByRole(AriaRole.Button, new() { Name = "Switch between light and dark" }).ClickAsync();
        string light = await BackgroundAsync(page);
        Assert.NotEqual(dark, light);

        await page.ReloadAsync();
        Assert.Equal(light, await BackgroundAsync(page));
    }

    [Fact]
    public async Task Metrics_Chosen_ListsSeriesThatAClickNarrows()
    {
        IPage page = await fixture.OpenAsync("/search?q=service.name%3Dcheckout&from=now-1h&to=now");
        await Expect(page.Locator(".record").First).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Metrics" }).ClickAsync();

        await Expect(page.Locator(".search-facts")).ToContainTextAsync("12 series");
        await Expect(page.Locator(".records-series .record")).ToHaveCountAsync(12);
        await Expect(page.Locator(".record").First).ToContainTextAsync("cpu.utilization");
        await Expect(page.Locator(".histogram, .notice")).ToHaveCountAsync(0);
        await BrowserFixture.ScreenshotAsync(page, "metrics-light");

        await page.Locator(".record").Filter(new() { HasText = "/cart" }).First.ClickAsync();
        ILocator panel = page.GetByRole(AriaRole.Complementary, new() { Name = "Metric series" });
        await Expect(panel.GetByText("Duration of HTTP server requests.")).ToBeVisibleAsync();
        await BrowserFixture.ScreenshotAsync(page, "metrics-open");
        await panel.GetByRole(AriaRole.Button, new() { Name = "Filter by http.route" }).ClickAsync();
        await Expect(page.Locator(".search-facts")).ToContainTextAsync("2 series");
        await Expect(page.GetByRole(AriaRole.Textbox, new() { Name = "Query" })).ToHaveValueAsync("metrics service.name=checkout http.route=/cart");

        await page.GetByRole(AriaRole.Button, new() { Name = "Logs" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Textbox, new() { Name = "Query" })).ToHaveValueAsync("service.name=checkout http.route=/cart");
    }

    [Fact]
    public async Task Metrics_Counted_ShowsTheTable()
    {
        IPage page = await fixture.OpenAsync("/search?q=metrics%20%7C%20stats%20count()%20by%20name%2C%20type&from=now-1h&to=now");
        await Expect(page.Locator(".result-row")).ToHaveCountAsync(4);
        await BrowserFixture.ScreenshotAsync(page, "metrics-table");
    }

    private static Task<string> BackgroundAsync(IPage page) => page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor");

    [GeneratedRegex("q=order\\.id%3DA-1001%20severity%3E%3Derror&from=now-15m&to=now")]
    private static partial Regex QueryInAddress();
}
