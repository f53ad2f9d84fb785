using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

using Observe.Ui.Time;

namespace Observe.Ui.Components;

/// <summary>The browser's side that all pages share (js/shell.js). One for each circuit.</summary>
public sealed class Shell(IJSRuntime browser, ViewerTime time) : IAsyncDisposable
{
    private readonly BrowserModule _module = new(browser, "./js/shell.js");
    private Task? _ready;

    /// <summary>Knows the viewer's time zone once this is done; only while a circuit is there, not in prerendering.</summary>
    public Task ReadyAsync() => _ready ??= LoadZoneAsync();

    /// <summary>Sends the page's keys to <c>OnKey(string)</c> of <paramref name="page"/> until the result is ended.</summary>
    public ValueTask<IJSObjectReference?> ListenAsync<TPage>(DotNetObjectReference<TPage> page, params string[] keys)
        where TPage : class => _module.InvokeAsync<IJSObjectReference>("listen", page, keys);

    public ValueTask ScrollToRowAsync(ElementReference list, int index, int rowHeight) =>
        _module.InvokeVoidAsync("scrollToRow", list, index, rowHeight);

    public ValueTask ScrollToTopAsync(ElementReference list) => _module.InvokeVoidAsync("scrollToTop", list);

    public ValueTask FocusFirstAsync(ElementReference root) => _module.InvokeVoidAsync("focusFirst", root);

    public ValueTask DisposeAsync() => _module.DisposeAsync();

    private async Task LoadZoneAsync()
    {
        BrowserZone? zone = await _module.InvokeAsync<BrowserZone>("zone");
        if (zone is not null)
            time.SetZone(zone.Name, zone.OffsetMinutes);
    }

    private sealed record BrowserZone(string? Name, int OffsetMinutes);
}
