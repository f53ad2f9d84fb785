using System.Net;
using Microsoft.AspNetCore.Http.Features;

namespace Observe.Ingest.Receivers;

/// <summary>Who sends: the address that the connection comes from. It tells senders apart in limits and in the ledger.</summary>
internal static class SenderKey
{
    public static string Of(IFeatureCollection context)
    {
        IPAddress? address = context.Get<IHttpConnectionFeature>()?.RemoteIpAddress;
        return address switch
        {
            null => "unknown",
            { IsIPv4MappedToIPv6: true } => address.MapToIPv4().ToString(),
            _ => address.ToString(),
        };
    }
}
