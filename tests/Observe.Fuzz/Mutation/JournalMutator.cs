using System.Buffers.Binary;
using Observe.Fuzz.Engine;

namespace Observe.Fuzz.Mutation;

/// <summary>Damages files as disks, file systems and crashes do: mostly in place, because a disk does not insert bytes.</summary>
/// <param name="position">Of the file's first byte in the journal, for bytes that pretend to be a frame.</param>
internal sealed class JournalMutator(long position) : IMutator
{
    private const int MaxGrowth = 2048;

    private readonly ByteMutator _bytes = new();
    private readonly byte[] _made = new byte[MaxGrowth];

    public void Mutate(MutableInput input, ReadOnlySpan<byte> other, FuzzRandom random)
    {
        int changes = 1 + (random.OneIn(2) ? random.Below(4) : 0);
        for (int i = 0; i < changes; i++)
        {
            Change(input, other, random);
        }
    }

    private void Change(MutableInput input, ReadOnlySpan<byte> other, FuzzRandom random)
    {
        if (input.Length == 0)
        {
            input.Set(other);
            return;
        }

        int at = random.Below(input.Length);
        int count = random.Between(1, Math.Min(input.Length - at, random.OneIn(2) ? 16 : 512));
        Span<byte> range = input.Span.Slice(at, count);
        switch (random.Below(12))
        {
            case 0 or 1:
                input.Span[at] ^= (byte)(1 << random.Below(8));
                break;
            case 2:
                range.Fill(random.OneIn(2) ? (byte)0 : (byte)0xFF);
                break;
            case 3:
                random.Fill(range);
                break;
            case 4:
                // A write that went to the wrong place.
                input.Copy(at, count).CopyTo(input.Span[random.Below(input.Length - count + 1)..]);
                break;
            case 5:
                input.Truncate(at);
                break;
            case 6 or 7:
                // What another copy has at this place: whole again, or newer or older than what is around it.
                other[Math.Min(at, other.Length)..Math.Min(at + count, other.Length)].CopyTo(range);
                break;
            case 8:
                Grow(input, other, random);
                break;
            case 9:
                PretendFrame(input, at, random);
                break;
            default:
                if (random.OneIn(4))
                {
                    _bytes.Mutate(input, other, random);
                }

                break;
        }
    }

    /// <summary>A tail of zeros, as an allocated and unwritten block has; of noise; or what another copy has there.</summary>
    private void Grow(MutableInput input, ReadOnlySpan<byte> other, FuzzRandom random)
    {
        Span<byte> tail = _made.AsSpan(0, random.Between(1, random.OneIn(2) ? 64 : MaxGrowth));
        switch (random.Below(3))
        {
            case 0:
                tail.Clear();
                input.Insert(input.Length, tail);
                break;
            case 1:
                random.Fill(tail);
                input.Insert(input.Length, tail);
                break;
            default:
                int from = Math.Min(input.Length, other.Length);
                input.Insert(input.Length, other[from..Math.Min(other.Length, from + tail.Length)]);
                break;
        }
    }

    private void PretendFrame(MutableInput input, int at, FuzzRandom random)
    {
        "OBSF"u8.CopyTo(_made);
        BinaryPrimitives.WriteUInt32LittleEndian(_made.AsSpan(4), (uint)random.Next());
        BinaryPrimitives.WriteInt64LittleEndian(_made.AsSpan(8), position + at);
        int count = Math.Min(random.OneIn(2) ? 4 : 16, input.Length - at);
        _made.AsSpan(0, count).CopyTo(input.Span[at..]);
    }
}
