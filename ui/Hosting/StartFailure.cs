using System.Net.Sockets;

using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

using Observe.Ingest;
using Observe.Storage;

namespace Observe.Ui.Hosting;

/// <summary>What keeps the program from starting, in one message for whoever starts it.</summary>
internal static class StartFailure
{
    /// <summary>The message, or null for a failure that nobody expects and whose stack trace is needed.</summary>
    public static string? Explain(Exception error) => error switch
    {
        StorageStartException or IngestStartException or UiStartException => "Observe cannot start. " + error.Message,
        OptionsValidationException invalid => "Observe cannot start. " + string.Join(Environment.NewLine, invalid.Failures),
        // A setting that is no number, no duration: the configuration binder names it.
        InvalidOperationException { Source: "Microsoft.Extensions.Configuration.Binder" } => "Observe cannot start. " + error.Message,
        // Only the web server's own errors come here: the receivers wrap theirs.
        IOException { InnerException: AddressInUseException } => Web(
            "another program already listens there. Stop it, or choose another port", error),
        SocketException { SocketErrorCode: SocketError.AccessDenied } => Web(
            "this user may not listen there (ports below 1024 need a privilege). Choose another port", error),
        SocketException { SocketErrorCode: SocketError.AddressNotAvailable } or IOException { InnerException: SocketException } => Web(
            "this machine does not have that address. Choose one of its own", error),
        // Whoever stops the program while it starts wants no stack trace.
        OperationCanceledException => "Observe was stopped before it had started.",
        AggregateException { InnerExceptions: [Exception only] } => Explain(only),
        _ => null,
    };

    private static string Web(string reason, Exception error) =>
        $"Observe cannot start. The web address ({ObserveHost.WebKey}) cannot be listened on: {reason}, for instance with " +
        $"--{ObserveHost.WebKey}=http://127.0.0.1:14319. ({error.Message})";
}
