using System.Net;

namespace Observe.Ingest.Receivers;

/// <summary>Who sends: the address that the connection comes from. It tells senders apart in limits and in the ledger.</summary>
internal static class SenderKey
{
    public static string Of(EndPoint? remote) => remote switch
    {
        IPEndPoint { Address: { IsIPv4MappedToIPv6: true } mapped } => mapped.MapToIPv4().ToString(),
        IPEndPoint ip => ip.Address.ToString(),
        _ => "unknown",
    };
}
