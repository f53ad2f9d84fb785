using System.Buffers.Binary;
using System.Numerics;

namespace Observe.Ingest.Journal;

/// <summary>CRC-32C (Castagnoli), which processors compute eight bytes at a time.</summary>
/// <remarks><see href="https://www.rfc-editor.org/rfc/rfc3720#appendix-B.4"/></remarks>
internal static class Crc32C
{
    public static uint Compute(ReadOnlySpan<byte> bytes, uint seed = 0)
    {
        uint crc = ~seed;
        while (bytes.Length >= sizeof(ulong))
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[sizeof(ulong)..];
        }

        foreach (byte b in bytes)
        {
            crc = BitOperations.Crc32C(crc, b);
        }

        return ~crc;
    }
}
