using Observe.Query.Execution;
using Observe.Ui.Hosting;

namespace Observe.Tests.Ui;

public sealed class PageAskerTests
{
    [Fact]
    public async Task Pages_AskUnderNamesOfTheirOwn()
    {
        string first = await AskAsync(new PageAsker());
        string second = await AskAsync(new PageAsker());

        Assert.StartsWith("page ", first, StringComparison.Ordinal);
        Assert.NotEqual(first, second);
        Assert.Equal("", QueryCaller.Current);
    }

    private static async Task<string> AskAsync(PageAsker page)
    {
        string name = "";
        await page.CreateInboundActivityHandler(async _ =>
        {
            await Task.Yield();
            name = QueryCaller.Current;
        })(null!);
        return name;
    }
}
