using Microsoft.JSInterop;

namespace Observe.Ui.Components;

/// <summary>The keys that the browser sends to <c>OnKey(string)</c> of a page, until the page is left.</summary>
public sealed class PageKeys<TPage>(TPage page) : IAsyncDisposable
    where TPage : class
{
    private readonly DotNetObjectReference<TPage> _page = DotNetObjectReference.Create(page);
    private IJSObjectReference? _listener;
    private bool _left;

    /// <summary>False when the page was left before the browser answered: its first render then has nothing more to do.</summary>
    public async Task<bool> ListenAsync(Shell shell, params string[] keys)
    {
        await shell.ReadyAsync();
        if (_left)
            return false;

        _listener = await shell.ListenAsync(_page, keys);
        if (!_left)
            return true;

        await BrowserModule.EndAsync(_listener);
        return false;
    }

    public async ValueTask DisposeAsync()
    {
        _left = true;
        await BrowserModule.EndAsync(_listener);
        _page.Dispose();
    }
}
