using System.Buffers.Binary;
using System.Text;
using Observe.Fuzz.Engine;

namespace Observe.Fuzz.Mutation;

/// <summary>Makes tags, values and fields that are likely to matter. What a method returns is valid until the next call.</summary>
internal sealed class ProtobufValues
{
    private const int StartGroup = 3;
    private const int EndGroup = 4;
    private const int MaxText = 12 << 10;

    private static readonly ulong[] Numbers =
    [
        0, 1, 2, 3, 5, 24, 25, 0x7F, 0x80, 0xFF, 0x100, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF, 0x1_0000_0000,
        86_400_000_000_000, 1_544_712_660_300_000_000, 1_700_000_000_000_000_000, // times in nanoseconds
        long.MaxValue - 1, long.MaxValue, 0x8000_0000_0000_0000, ulong.MaxValue - 1, ulong.MaxValue,
        0x3FF0_0000_0000_0000, 0x7FF0_0000_0000_0000, 0xFFF0_0000_0000_0000, 0x7FF8_0000_0000_0000, 0x8000_0000_0000_0001, // 1.0, ±∞, NaN, -tiny
    ];

    private static readonly byte[][] Texts =
    [
        [], "a"u8.ToArray(), "service.name"u8.ToArray(), "service.namespace"u8.ToArray(), "order.id"u8.ToArray(), "a.b"u8.ToArray(), "."u8.ToArray(),
        ".."u8.ToArray(), "a#2"u8.ToArray(), "observe.more_attributes"u8.ToArray(), "5b8efff798038103d269b633813fc60c"u8.ToArray(),
        "123e4567-e89b-12d3-a456-426614174000"u8.ToArray(), "a\0b"u8.ToArray(), "\"\\\u0001"u8.ToArray(), [0xFF], [0xC3], [0xED, 0xA0, 0x80],
        [0xF4, 0x90, 0x80, 0x80], "\uFEFF"u8.ToArray(), Encoding.UTF8.GetBytes(new string('x', 127)), Encoding.UTF8.GetBytes(new string('é', 64)),
        new byte[8], new byte[16], [1, 2, 3, 4, 5, 6, 7, 8], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16],
        [0x08, 0x01], [0x12, 0x00], [0x0A, 0x00, 0x12, 0x00], [0x0A, 0x01, 0x61, 0x12, 0x03, 0x0A, 0x01, 0x62],
    ];

    private static readonly int[] WireTypes = [0, 0, 1, 1, 2, 2, 2, 2, 3, 4, 5, 6, 7];

    private readonly byte[] _made = new byte[MaxText + 16];
    private readonly byte[] _nested = new byte[1 << 12];
    private readonly byte[] _field = new byte[MaxText + 32];

    public static ulong Number(FuzzRandom random) => random.OneIn(4) ? random.Next() : random.Of<ulong>(Numbers);

    /// <summary>A tag: mostly a number that OTLP uses and a type that fits the value.</summary>
    public ReadOnlySpan<byte> Tag(int type, FuzzRandom random)
    {
        if (random.OneIn(4))
        {
            type = random.Of<int>(WireTypes);
        }

        ulong number = random.OneIn(16) ? Number(random) & 0x3FFF_FFFF : (ulong)random.Between(random.OneIn(16) ? 0 : 1, 17);
        return _made.AsSpan(0, Mutation.Varint.Write(_made, (number << 3) | (uint)type, random.OneIn(32) ? random.Between(1, 10) : 1));
    }

    public ReadOnlySpan<byte> Varint(FuzzRandom random)
    {
        if (random.OneIn(32))
        {
            // Eleven bytes are one too many.
            _made.AsSpan(0, 10).Fill(0xFF);
            _made[10] = 1;
            return _made.AsSpan(0, random.Between(9, 11));
        }

        return _made.AsSpan(0, Mutation.Varint.Write(_made, Number(random), random.OneIn(8) ? random.Between(1, 10) : 1));
    }

    /// <summary>A length near the right one, or far from it.</summary>
    public ReadOnlySpan<byte> Length(int right, FuzzRandom random)
    {
        ulong length = random.Below(3) switch
        {
            0 => (ulong)right + 1,
            1 => (ulong)Math.Max(right - 1, 0),
            _ => Number(random),
        };
        return _made.AsSpan(0, Mutation.Varint.Write(_made, length));
    }

    /// <summary>A length and as many bytes.</summary>
    public ReadOnlySpan<byte> Text(FuzzRandom random)
    {
        byte[] text = Texts[random.Below(Texts.Length)];
        int length = Mutation.Varint.Write(_made, (ulong)text.Length);
        text.CopyTo(_made.AsSpan(length));
        return _made.AsSpan(0, length + text.Length);
    }

    /// <summary>A length and so many times the same letter: what many records or paths share costs as often as they are many.</summary>
    public ReadOnlySpan<byte> LongText(FuzzRandom random)
    {
        int count = random.Between(200, MaxText);
        int length = Mutation.Varint.Write(_made, (ulong)count);
        _made.AsSpan(length, count).Fill((byte)'x');
        return _made.AsSpan(0, length + count);
    }

    /// <summary>A field of any kind.</summary>
    public ReadOnlySpan<byte> Field(FuzzRandom random)
    {
        int type = random.Of<int>([0, 1, 2, 2, 5]);
        ReadOnlySpan<byte> tag = Tag(type, random);
        int length = tag.Length;
        tag.CopyTo(_field);
        switch (type)
        {
            case FieldSpan.Varint:
                ReadOnlySpan<byte> varint = Varint(random);
                varint.CopyTo(_field.AsSpan(length));
                return _field.AsSpan(0, length + varint.Length);
            case FieldSpan.LengthDelimited:
                ReadOnlySpan<byte> text = Text(random);
                text.CopyTo(_field.AsSpan(length));
                return _field.AsSpan(0, length + text.Length);
            default:
                BinaryPrimitives.WriteUInt64LittleEndian(_field.AsSpan(length), Number(random));
                return _field.AsSpan(0, length + (type == FieldSpan.Fixed64 ? 8 : 4));
        }
    }

    /// <summary>A length and an AnyValue of arrays and maps within each other, up to beyond the depth that is allowed.</summary>
    public ReadOnlySpan<byte> Nested(FuzzRandom random)
    {
        int depth = random.OneIn(4) ? random.Between(28, 40) : random.Between(1, 6);
        int start = _nested.Length; // filled from its end, where the innermost value stands
        Prepend([0x18, 0x01], ref start);
        for (int i = 0; i < depth; i++)
        {
            if (random.OneIn(2))
            {
                PrependField(0x0A, ref start); // ArrayValue.values
                PrependField(0x2A, ref start); // AnyValue.array_value
            }
            else
            {
                PrependField(0x12, ref start); // KeyValue.value
                Prepend([0x0A, 0x01, (byte)('a' + random.Below(3))], ref start); // KeyValue.key
                PrependField(0x0A, ref start); // KeyValueList.values
                PrependField(0x32, ref start); // AnyValue.kvlist_value
            }

            if (random.OneIn(16))
            {
                _nested.AsSpan(start).CopyTo(_made);
                Prepend(_made.AsSpan(0, Math.Min(_nested.Length - start, 64)), ref start);
            }
        }

        Span<byte> length = stackalloc byte[10];
        Prepend(length[..Mutation.Varint.Write(length, (ulong)(_nested.Length - start))], ref start);
        return _nested.AsSpan(start);
    }

    /// <summary>Groups within each other, up to beyond the depth that is allowed; some without an end or with a wrong one.</summary>
    public ReadOnlySpan<byte> Group(FuzzRandom random)
    {
        int depth = random.OneIn(4) ? random.Between(30, 36) : random.Between(1, 3);
        int number = random.Between(1, 15);
        int length = 0;
        for (int i = 0; i < depth; i++)
        {
            _made[length++] = (byte)((number << 3) | StartGroup);
        }

        _made[length++] = 0x08;
        _made[length++] = 0x01;
        for (int i = random.OneIn(16) ? 1 : 0; i < depth; i++)
        {
            _made[length++] = (byte)(((random.OneIn(64) ? number + 1 : number) << 3) | EndGroup);
        }

        return _made.AsSpan(0, length);
    }

    private void PrependField(byte tag, ref int start)
    {
        Span<byte> length = stackalloc byte[10];
        Prepend(length[..Mutation.Varint.Write(length, (ulong)(_nested.Length - start))], ref start);
        Prepend([tag], ref start);
    }

    private void Prepend(ReadOnlySpan<byte> bytes, ref int start)
    {
        start -= bytes.Length;
        bytes.CopyTo(_nested.AsSpan(start));
    }
}
