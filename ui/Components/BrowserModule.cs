using Microsoft.JSInterop;

namespace Observe.Ui.Components;

/// <summary>A script module in the browser, loaded at its first use. A browser that has gone away is no error.</summary>
public sealed class BrowserModule(IJSRuntime browser, string path) : IAsyncDisposable
{
    private Task<IJSObjectReference>? _module;

    public async ValueTask<T?> InvokeAsync<T>(string function, params object?[] arguments)
    {
        try
        {
            IJSObjectReference module = await (_module ??= browser.InvokeAsync<IJSObjectReference>("import", path).AsTask());
            return await module.InvokeAsync<T>(function, arguments);
        }
        catch (Exception error) when (IsGone(error))
        {
            return default;
        }
    }

    public async ValueTask InvokeVoidAsync(string function, params object?[] arguments) => await InvokeAsync<object?>(function, arguments);

    public async ValueTask DisposeAsync()
    {
        if (_module is { IsCompletedSuccessfully: true })
            await ReleaseAsync(_module.Result);
    }

    /// <summary>Calls an object that a module made.</summary>
    public static async ValueTask CallAsync(IJSObjectReference? target, string function, params object?[] arguments)
    {
        if (target is null)
            return;

        try
        {
            await target.InvokeVoidAsync(function, arguments);
        }
        catch (Exception error) when (IsGone(error))
        {
        }
    }

    /// <summary>Lets the object that a module made end its work, and forgets it.</summary>
    public static async ValueTask EndAsync(IJSObjectReference? target)
    {
        if (target is null)
            return;

        await CallAsync(target, "dispose");
        await ReleaseAsync(target);
    }

    private static async ValueTask ReleaseAsync(IJSObjectReference reference)
    {
        try
        {
            await reference.DisposeAsync();
        }
        catch (Exception error) when (IsGone(error))
        {
        }
    }

    private static bool IsGone(Exception error) => error is JSDisconnectedException or OperationCanceledException or ObjectDisposedException;
}
