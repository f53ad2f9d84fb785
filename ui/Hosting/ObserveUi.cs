using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection.Extensions;

using Observe.Ui.Components;
using Observe.Ui.Time;

namespace Observe.Ui.Hosting;

/// <summary>Registers and maps the pages.</summary>
public static class ObserveUi
{
    public static IServiceCollection AddObserveUi(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddScoped<ViewerTime>();
        services.AddScoped<Shell>();
        // What it protects lives as long as a circuit, so there are no keys to keep on disk.
        services.AddDataProtection().UseEphemeralDataProtectionProvider();
        services.AddScoped<CircuitHandler, PageAsker>();
        services.AddRazorComponents().AddInteractiveServerComponents();
        return services;
    }

    public static void MapObserveUi(this WebApplication app)
    {
        app.UseAntiforgery();
        app.MapStaticAssets();
        app.MapGet("/", () => Results.Redirect("/search"));
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode();
    }
}
