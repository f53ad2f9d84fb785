using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Observe.Ingest.Pipeline;

namespace Observe.Ingest.Receivers;

/// <summary>What both receivers do about requests that come to nothing.</summary>
internal static class Refused
{
    /// <summary>At Debug: the sender is told, and a sender that sends rubbish must not fill the log.</summary>
    public static void Log(ILogger logger, IFeatureCollection context, IngestFailure failure)
    {
        if (logger.IsEnabled(LogLevel.Debug))
        {
            string remote = context.Get<IHttpConnectionFeature>()?.RemoteIpAddress?.ToString() ?? "unknown";
            IngestLog.RequestRefused(logger, remote, failure.Error, failure.Message);
        }
    }

    /// <summary>Whether the sender went away while its body was read: there is nobody to answer.</summary>
    public static bool IsDisconnect(Exception e) =>
        e is (OperationCanceledException or ConnectionResetException or IOException) and not BadHttpRequestException;
}
