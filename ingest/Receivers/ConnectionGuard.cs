using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;
using Observe.Ingest.Senders;

namespace Observe.Ingest.Receivers;

/// <summary>
/// Sees each connection before HTTP does: closes those beyond the limits, and attaches the <see cref="Sender"/> to the others, where the
/// receivers find it among the features of a request.
/// </summary>
internal sealed class ConnectionGuard(SenderRegistry senders, RefusedRequests refused, ILogger<ConnectionGuard> logger)
{
    public ConnectionDelegate Wrap(ConnectionDelegate next) => async connection =>
    {
        string key = SenderKey.Of(connection.RemoteEndPoint);
        if (senders.TryConnect(key) is not { } sender)
        {
            // Nothing was read, so there is nothing to answer. OTLP's clients try again when a server disconnects.
            refused.CountConnection(logger, key);
            connection.Abort();
            return;
        }

        try
        {
            connection.Features.Set(sender);
            await next(connection);
        }
        finally
        {
            senders.Disconnect(sender);
        }
    };
}
