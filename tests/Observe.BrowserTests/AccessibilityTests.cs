using System.Text.Json;

using Microsoft.Playwright;

using static Microsoft.Playwright.Assertions;

namespace Observe.BrowserTests;

/// <summary>axe-core's rules on every page, in both themes (contrast differs).</summary>
public sealed class AccessibilityTests(BrowserFixture fixture) : IClassFixture<BrowserFixture>
{
    [Theory]
    [InlineData("/search?q=&from=now-1h&to=now", ".record", ColorScheme.Light)]
    [InlineData("/search?q=&from=now-1h&to=now", ".record", ColorScheme.Dark)]
    [InlineData("/search?q=spans&from=now-1h&to=now", ".record", ColorScheme.Light)]
    [InlineData("/search?q=metrics&from=now-1h&to=now", ".record", ColorScheme.Light)]
    [InlineData("/search?q=metrics&from=now-1h&to=now", ".record", ColorScheme.Dark)]
    [InlineData("/services?from=now-1h&to=now", "tbody tr", ColorScheme.Light)]
    [InlineData("/services?from=now-1h&to=now", "tbody tr", ColorScheme.Dark)]
    [InlineData($"/trace/{Shop.TraceId}?span={Shop.PaymentSpanId}", ".wf-row", ColorScheme.Light)]
    [InlineData($"/trace/{Shop.TraceId}?span={Shop.PaymentSpanId}", ".wf-row", ColorScheme.Dark)]
    public async Task Page_Rules_FindNothing(string address, string content, ColorScheme theme)
    {
        IPage page = await fixture.OpenAsync(address, theme);
        await Expect(page.Locator(content).First).ToBeVisibleAsync();
        await page.AddScriptTagAsync(new() { Path = BuildPaths.AxeScript });

        JsonElement violations = await page.EvaluateAsync<JsonElement>(
            "async () => (await axe.run()).violations.map(v => `${v.id}: ${v.help}: ${v.nodes.slice(0, 3).map(n => n.html + ' ' + n.failureSummary).join(' | ')}`)");

        Assert.True(violations.GetArrayLength() == 0, string.Join('\n', violations.EnumerateArray()));
    }
}
