using Microsoft.AspNetCore.Components.Server.Circuits;
using Observe.Query.Execution;

namespace Observe.Ui.Hosting;

/// <summary>
/// Names an open page as the asker of what it asks, so that places among queries are shared between pages, and between pages and the API. One for each circuit.
/// </summary>
public sealed class PageAsker : CircuitHandler
{
    private static long _pages;

    private readonly string _name = $"page {Interlocked.Increment(ref _pages)}";

    public override Func<CircuitInboundActivityContext, Task> CreateInboundActivityHandler(Func<CircuitInboundActivityContext, Task> next) => async context =>
    {
        using IDisposable asker = QueryCaller.Use(_name);
        await next(context);
    };
}
