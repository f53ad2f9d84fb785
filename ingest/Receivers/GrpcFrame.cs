using System.Buffers.Binary;
using Observe.Ingest.Memory;

namespace Observe.Ingest.Receivers;

/// <summary>The frame around a gRPC message.</summary>
/// <remarks>
/// <code>
/// byte 0      1 when the message is compressed with the encoding of the grpc-encoding header, else 0
/// byte 1..4   length of the message, big-endian
/// byte 5..    the message
/// </code>
/// <see href="https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md"/>. A unary call has exactly one.
/// </remarks>
internal static class GrpcFrame
{
    public const int HeaderLength = 5;

    /// <summary>Removes the frame from the body of a unary call.</summary>
    /// <returns>Whether the message is compressed.</returns>
    /// <exception cref="IngestException">The body is not one frame.</exception>
    public static bool Unwrap(PooledBuffer body)
    {
        ReadOnlySpan<byte> bytes = body.Span;
        if (bytes.Length < HeaderLength || bytes[0] > 1)
        {
            throw new IngestException(IngestError.Malformed, "The body does not begin with the frame of a gRPC message.");
        }

        uint length = BinaryPrimitives.ReadUInt32BigEndian(bytes[1..]);
        if (length != bytes.Length - HeaderLength)
        {
            throw new IngestException(
                IngestError.Malformed,
                $"The frame says that the message has {length} bytes, but {bytes.Length - HeaderLength} follow. A call has one message.");
        }

        bool isCompressed = bytes[0] == 1;
        body.Skip(HeaderLength);
        return isCompressed;
    }

    public static void WriteHeader(Span<byte> destination, int length)
    {
        destination[0] = 0;
        BinaryPrimitives.WriteUInt32BigEndian(destination[1..], (uint)length);
    }
}
