using System.Buffers.Binary;
using Observe.Fuzz.Engine;

namespace Observe.Fuzz.Mutation;

/// <summary>Changes bytes without knowing what they mean, as a broken sender, network or disk does.</summary>
public sealed class ByteMutator : IMutator
{
    private static readonly byte[] InterestingBytes = [0, 1, 2, 7, 8, 0x0A, 0x10, 0x12, 0x20, 0x22, 0x2A, 0x32, 0x5C, 0x7B, 0x7D, 0x7F, 0x80, 0x81, 0xC0, 0xED, 0xF4, 0xFE, 0xFF];

    private static readonly ulong[] InterestingNumbers =
    [
        0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF, 0x1_0000_0000,
        long.MaxValue, 0x8000_0000_0000_0000, ulong.MaxValue, 0x7FF0_0000_0000_0000, 0xFFF8_0000_0000_0000, 0x0000_0000_0000_0001,
    ];

    private readonly byte[] _scratch = new byte[16];

    public void Mutate(MutableInput input, ReadOnlySpan<byte> other, FuzzRandom random)
    {
        int length = input.Length;
        int at = random.Below(length);
        switch (length == 0 ? 6 : random.Below(12))
        {
            case 0 or 1:
                input.Span[at] ^= (byte)(1 << random.Below(8));
                break;
            case 2:
                input.Span[at] = random.Of<byte>(InterestingBytes);
                break;
            case 3:
                input.Span[at] = (byte)random.Next();
                break;
            case 4:
                input.Span[at] += (byte)random.Between(-8, 8);
                break;
            case 5:
                input.Remove(at, random.Between(1, Math.Min(length - at, random.OneIn(4) ? length : 8)));
                break;
            case 6:
                Span<byte> made = _scratch.AsSpan(0, random.Between(1, 8));
                random.Fill(made);
                input.Insert(at, made);
                break;
            case 7:
                input.Insert(random.Below(length + 1), input.Copy(at, random.Between(1, Math.Min(length - at, 64))));
                break;
            case 8:
                int count = random.Between(1, Math.Min(length - at, 16));
                ReadOnlySpan<byte> moved = input.Copy(at, count);
                moved.CopyTo(input.Span[random.Below(length - count + 1)..]);
                break;
            case 9:
                BinaryPrimitives.WriteUInt64LittleEndian(_scratch, random.Of<ulong>(InterestingNumbers));
                int width = 1 << random.Below(4);
                input.Replace(at, Math.Min(width, length - at), _scratch.AsSpan(0, width));
                break;
            case 10:
                input.Truncate(at);
                break;
            default:
                Splice(input, other, at, random);
                break;
        }
    }

    /// <summary>The beginning of the one, the end of the other.</summary>
    private static void Splice(MutableInput input, ReadOnlySpan<byte> other, int at, FuzzRandom random)
    {
        ReadOnlySpan<byte> end = other[random.Below(other.Length + 1)..];
        input.Replace(at, input.Length - at, end);
    }
}
