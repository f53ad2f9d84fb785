using System.Text;

namespace Observe.Storage.Columns;

/// <summary>A column of strings: per value its length as a varuint, then its bytes. Also sent for <c>LowCardinality(String)</c>.</summary>
public sealed class StringColumn : Column
{
    private readonly ByteBuffer _values = new();
    private int _count;

    public override string Type => "String";

    public override int Count => _count;

    public override long ByteCount => _values.Length;

    public void Append(ReadOnlySpan<byte> utf8)
    {
        _count++;
        if (utf8.Length < 0x80)
        {
            Span<byte> value = _values.Extend(utf8.Length + 1);
            value[0] = (byte)utf8.Length;
            utf8.CopyTo(value[1..]);
            return;
        }

        _values.AppendVarUInt((ulong)utf8.Length);
        utf8.CopyTo(_values.Extend(utf8.Length));
    }

    /// <summary>Encodes and appends; for values that already are .NET strings, not for the decoders.</summary>
    public void Append(string value) => Append(Encoding.UTF8.GetBytes(value));

    public override void Clear()
    {
        _values.Clear();
        _count = 0;
    }

    internal override void WriteData(BlockWriter writer) => writer.Write(_values.Span);

    internal override void AppendWhere(Column source, ReadOnlySpan<bool> isTaken)
    {
        ReadOnlySpan<byte> rest = ((StringColumn)source)._values.Span;
        for (int row = 0; row < isTaken.Length; row++)
        {
            int length = TakeLength(ref rest);
            if (isTaken[row])
            {
                Append(rest[..length]);
            }

            rest = rest[length..];
        }
    }

    /// <summary>Reads the length that stands before a value.</summary>
    private static int TakeLength(ref ReadOnlySpan<byte> rest)
    {
        int length = 0;
        int read = 0;
        byte part;
        do
        {
            part = rest[read];
            length |= (part & 0x7F) << (7 * read++);
        }
        while (part >= 0x80);

        rest = rest[read..];
        return length;
    }
}
