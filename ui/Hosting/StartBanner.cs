using System.Reflection;

using Microsoft.Extensions.Options;

using Observe.Ingest;
using Observe.Storage;

namespace Observe.Ui.Hosting;

/// <summary>What stands on the console once everything listens. Scripts read the addresses from it: its form does not change.</summary>
internal static class StartBanner
{
    public static void Write(WebApplication app)
    {
        app.Services.GetRequiredService<StartPhase>().IsOver = true;
        IngestEndpoints ingest = app.Services.GetRequiredService<IngestEndpoints>();
        string data = Path.GetFullPath(app.Services.GetRequiredService<IOptions<StorageOptions>>().Value.DataDirectory);
        Console.Out.WriteLine($"""
            Observe {Version} is ready.
              Open          {app.Urls.First()}
              OTLP/gRPC     {ingest.OtlpGrpc}
              OTLP/HTTP     {ingest.OtlpHttp}
              Data          {data}
            """);
    }

    // Without the commit that the SDK appends behind a plus sign.
    public static string Version =>
        typeof(StartBanner).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "";
}
