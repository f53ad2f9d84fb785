using System.Buffers.Binary;
using Observe.Fuzz.Engine;

namespace Observe.Fuzz.Mutation;

/// <summary>Changes protobuf messages where they have their fields, and mostly corrects the lengths around the change.</summary>
/// <remarks>
/// Random bytes seldom come past the first wrong length. So the change is made within a message somewhere in the tree, and what stands around
/// it stays well-formed; now and then a length is left wrong, and one change in eight is one of <see cref="ByteMutator"/>.
/// </remarks>
internal sealed class ProtobufMutator : IMutator
{
    private readonly ByteMutator _bytes = new();
    private readonly FieldPath _path = new();
    private readonly FieldPath _otherPath = new();
    private readonly ProtobufValues _values = new();

    public void Mutate(MutableInput input, ReadOnlySpan<byte> other, FuzzRandom random)
    {
        if (random.OneIn(1024))
        {
            Amplify(input, random);
            return;
        }

        int changes = 1 + (random.OneIn(3) ? random.Below(4) : 0);
        for (int i = 0; i < changes; i++)
        {
            if (random.OneIn(8) || !_path.Walk(input.Span, random))
            {
                _bytes.Mutate(input, other, random);
            }
            else
            {
                ChangeField(input, other, random);
            }
        }
    }

    /// <summary>A long text somewhere, and many of something elsewhere: what the one costs for each of the other shows in memory.</summary>
    private void Amplify(MutableInput input, FuzzRandom random)
    {
        for (int i = random.Below(3); i > 0 && _path.Walk(input.Span, random); i--)
        {
            FieldSpan text = _path.Level[random.Below(_path.Level.Count)];
            if (text.Type == FieldSpan.LengthDelimited)
            {
                _path.Repair(input, input.Replace(text.ValueStart, text.End - text.ValueStart, _values.LongText(random)), padding: false);
            }
        }

        if (_path.Walk(input.Span, random))
        {
            FieldSpan field = _path.Level[random.Below(_path.Level.Count)];
            _path.Repair(input, Repeat(input, field, random.Between(100, 16_000), random), padding: false);
        }
    }

    private void ChangeField(MutableInput input, ReadOnlySpan<byte> other, FuzzRandom random)
    {
        FieldSpan field = _path.Level[random.Below(_path.Level.Count)];
        int growth;
        switch (random.Below(12))
        {
            case 0:
                growth = input.Replace(field.Start, field.Length, default);
                break;
            case 1:
                growth = Duplicate(input, field, random);
                break;
            case 2:
                growth = Move(input, field, random);
                break;
            case 3:
                growth = input.Replace(field.Start, field.ValueStart - field.Start, _values.Tag(field.Type, random));
                break;
            case 4:
                growth = input.Insert(field.Start, _values.Field(random));
                break;
            case 5:
                growth = TakeFrom(other, input, field, random);
                break;
            case 6 when field.Type == FieldSpan.LengthDelimited:
                growth = input.Replace(field.ValueStart, field.ContentStart - field.ValueStart, _values.Length(field.ContentLength, random));
                break;
            case 7 when field.Type == FieldSpan.LengthDelimited:
                growth = input.Replace(field.ValueStart, field.End - field.ValueStart, _values.Nested(random));
                break;
            case 8:
                growth = input.Insert(field.Start, _values.Group(random));
                break;
            default:
                growth = ChangeValue(input, field, random);
                break;
        }

        // One length in 64 stays wrong, one is longer than it need be.
        if (!random.OneIn(64))
        {
            _path.Repair(input, growth, padding: random.OneIn(64));
        }
    }

    private static int Duplicate(MutableInput input, FieldSpan field, FuzzRandom random)
    {
        int times = random.OneIn(8) ? random.Between(2, 12) : 1;
        return Repeat(input, field, times, random);
    }

    /// <summary>The field several times, each the same or each with another number in it.</summary>
    private static int Repeat(MutableInput input, FieldSpan field, int times, FuzzRandom random)
    {
        ReadOnlySpan<byte> copy = input.Copy(field.Start, field.Length);
        int varied = random.OneIn(2) ? random.Below(copy.Length - 1) : -1;
        int growth = 0;
        for (int i = 0; i < times && copy.Length <= input.Free; i++)
        {
            growth += input.Insert(field.Start, copy);
            if (varied >= 0)
            {
                // Many that differ: in their keys, in their days.
                BinaryPrimitives.WriteUInt16LittleEndian(input.Span[(field.Start + varied)..], (ushort)(i + 1));
            }
        }

        return growth;
    }

    private int Move(MutableInput input, FieldSpan field, FuzzRandom random)
    {
        FieldSpan target = _path.Level[random.Below(_path.Level.Count)];
        if (target.Start >= field.Start)
        {
            (field, target) = (target, field);
        }

        if (target.Start == field.Start)
        {
            return 0;
        }

        ReadOnlySpan<byte> copy = input.Copy(field.Start, field.Length);
        input.Remove(field.Start, field.Length);
        input.Insert(target.Start, copy);
        return 0;
    }

    /// <summary>A field of another input in place of this one or beside it.</summary>
    private int TakeFrom(ReadOnlySpan<byte> other, MutableInput input, FieldSpan field, FuzzRandom random)
    {
        if (!_otherPath.Walk(other, random))
        {
            return 0;
        }

        FieldSpan taken = _otherPath.Level[random.Below(_otherPath.Level.Count)];
        return input.Replace(field.Start, random.OneIn(2) ? 0 : field.Length, other[taken.Start..taken.End]);
    }

    private int ChangeValue(MutableInput input, FieldSpan field, FuzzRandom random)
    {
        switch (field.Type)
        {
            case FieldSpan.Varint:
                return input.Replace(field.ValueStart, field.End - field.ValueStart, _values.Varint(random));
            case FieldSpan.Fixed64:
                BinaryPrimitives.WriteUInt64LittleEndian(input.Span[field.ValueStart..], ProtobufValues.Number(random));
                return 0;
            case FieldSpan.Fixed32:
                BinaryPrimitives.WriteUInt32LittleEndian(input.Span[field.ValueStart..], (uint)ProtobufValues.Number(random));
                return 0;
            default:
                break;
        }

        if (field.ContentLength > 0 && random.OneIn(2))
        {
            // Within text or packed numbers, which have no fields to go down to.
            int at = field.ContentStart + random.Below(field.ContentLength);
            input.Span[at] = (byte)random.Next();
            return 0;
        }

        return input.Replace(field.ValueStart, field.End - field.ValueStart, _values.Text(random));
    }
}
