using Microsoft.AspNetCore.Hosting.StaticWebAssets;

namespace Observe.Ui.Hosting;

/// <summary>The web host that all tiers share.</summary>
internal static class ObserveHost
{
    public const string WebKey = "Observe:Endpoints:Web";

    private const string DefaultWeb = "http://127.0.0.1:4319";

    /// <summary>Reads appsettings.json beside the program, then <c>Observe__…</c> of the environment, then <c>--Observe:…=…</c> of the command line.</summary>
    /// <exception cref="UiStartException">A setting of the web endpoint is wrong.</exception>
    public static WebApplicationBuilder CreateBuilder(string[] args)
    {
        // The program's own directory, so that it starts from any working directory; the data directory is relative to the working one.
        WebApplicationBuilder builder = WebApplication.CreateBuilder(
            new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });

        // A build output serves its assets from where the sources are; a published one has them beside it, and no such manifest.
        StaticWebAssetsLoader.UseStaticWebAssets(builder.Environment, builder.Configuration);
        builder.WebHost.UseUrls(WebAddress(builder.Configuration));
        builder.Logging.AddStartPhaseFilter(builder.Services);
        return builder;
    }

    private static string WebAddress(ConfigurationManager configuration)
    {
        string text = configuration[WebKey] is { Length: > 0 } set ? set : DefaultWeb;
        string checkable = text.Replace("://*", "://0.0.0.0", StringComparison.Ordinal).Replace("://+", "://0.0.0.0", StringComparison.Ordinal);
        bool valid = Uri.TryCreate(checkable, UriKind.Absolute, out Uri? uri) && uri.Scheme == Uri.UriSchemeHttp && uri.PathAndQuery == "/";
        return valid
            ? text
            : throw new UiStartException(
                $"{WebKey} is \"{text}\", which is no address to listen on. Write http://127.0.0.1:4319, or http://0.0.0.0:4319 for all interfaces " +
                "(HTTPS is for a proxy in front of Observe).");
    }
}
