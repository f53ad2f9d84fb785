using System.Globalization;
using System.Text;

namespace Observe.Ingest.Receivers;

/// <summary>Percent-encoding of the <c>grpc-message</c> header: everything but printable ASCII, and the percent sign.</summary>
/// <remarks><see href="https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md#responses"/></remarks>
internal static class GrpcMessageEncoding
{
    public static string Encode(string message)
    {
        var text = new StringBuilder(message.Length);
        foreach (byte b in Encoding.UTF8.GetBytes(message))
        {
            if (b is >= 0x20 and <= 0x7E and not (byte)'%')
            {
                text.Append((char)b);
            }
            else
            {
                text.Append(CultureInfo.InvariantCulture, $"%{b:X2}");
            }
        }

        return text.ToString();
    }
}
