using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Observe.Storage.Columns;

/// <summary>A hash of bytes for tables in memory: two multiplications for every 16 bytes, where <see cref="HashCode"/> takes each four by themselves.</summary>
/// <remarks>
/// After wyhash (<see href="https://github.com/wangyi-fudan/wyhash"/>). Seeded per process with secrets that every step is mixed with, so
/// that a sender cannot choose keys that collide. Nothing stored may depend on it.
/// </remarks>
public static class ByteHash
{
    private static readonly ulong Secret0 = Secret();
    private static readonly ulong Secret1 = Secret();
    private static readonly ulong Secret2 = Secret();

    public static ulong Of(ReadOnlySpan<byte> bytes)
    {
        ulong state = Secret0;
        int length = bytes.Length;
        ulong first;
        ulong last;
        if (length > 16)
        {
            ReadOnlySpan<byte> rest = bytes;
            do
            {
                state = Mix(Read64(rest) ^ Secret1, Read64(rest[8..]) ^ state);
                rest = rest[16..];
            }
            while (rest.Length > 16);

            first = Read64(bytes[^16..]);
            last = Read64(bytes[^8..]);
        }
        else if (length >= 8)
        {
            first = Read64(bytes);
            last = Read64(bytes[^8..]);
        }
        else if (length >= 4)
        {
            first = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
            last = BinaryPrimitives.ReadUInt32LittleEndian(bytes[^4..]);
        }
        else
        {
            first = length == 0 ? 0 : bytes[0] | ((ulong)bytes[length / 2] << 8) | ((ulong)bytes[^1] << 16);
            last = 0;
        }

        return Mix(Secret2 ^ (ulong)length, Mix(first ^ Secret1, last ^ state));
    }

    private static ulong Read64(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt64LittleEndian(bytes);

    private static ulong Mix(ulong a, ulong b)
    {
        ulong high = Math.BigMul(a, b, out ulong low);
        return high ^ low;
    }

    private static ulong Secret()
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        RandomNumberGenerator.Fill(bytes);
        return BinaryPrimitives.ReadUInt64LittleEndian(bytes);
    }
}
