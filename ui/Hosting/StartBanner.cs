using System.Reflection;

using Microsoft.Extensions.Options;

using Observe.Storage;

namespace Observe.Ui.Hosting;

/// <summary>What stands on the console once everything listens. Scripts read the addresses from it: its form does not change.</summary>
internal static class StartBanner
{
    public static void Write(WebApplication app)
    {
        app.Services.GetRequiredService<StartPhase>().IsOver = true;
        EndpointAddresses addresses = app.Services.GetRequiredService<EndpointAddresses>();
        addresses.Web = app.Urls.FirstOrDefault() ?? "";

        string data = Path.GetFullPath(app.Services.GetRequiredService<IOptions<StorageOptions>>().Value.DataDirectory);
        Console.Out.WriteLine($"""
            Observe {Version} is ready.
              Open          {addresses.Web}
              OTLP/gRPC     {addresses.OtlpGrpc}
              OTLP/HTTP     {addresses.OtlpHttp}
              Data          {data}
            """);
    }

    // Without the commit that the SDK appends behind a plus sign.
    private static string Version =>
        typeof(StartBanner).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "";
}
