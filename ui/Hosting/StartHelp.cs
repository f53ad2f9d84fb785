namespace Observe.Ui.Hosting;

/// <summary>What the program says when it is asked what it takes: whoever only asks does not want it to start.</summary>
internal static class StartHelp
{
    public static bool IsAsked(string[] args) => args.Any(arg => arg is "--help" or "-h" or "-?" or "/?");

    public static void Write() => Console.Out.WriteLine($"""
        Observe {StartBanner.Version}: logs, metrics and traces over OTLP. Without arguments it starts, and says where it listens.

          --Observe:DataDirectory=./data                         where everything is kept
          --Observe:Endpoints:Web=http://127.0.0.1:4319          the UI, the HTTP API and /prometheus
          --Observe:Endpoints:OtlpGrpc=http://127.0.0.1:4317     takes OTLP over gRPC
          --Observe:Endpoints:OtlpHttp=http://127.0.0.1:4318     takes OTLP over HTTP

        Each setting can also be in appsettings.json beside the program, or in the environment (Observe__DataDirectory=./data). All of them are in README.md.
        """);
}
