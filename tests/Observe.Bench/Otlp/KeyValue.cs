using System.Text;

namespace Observe.Bench.Otlp;

/// <summary>Attributes (opentelemetry.proto.common.v1.KeyValue): whole ones encoded ahead, or a key encoded ahead and its value each time.</summary>
/// <remarks><c>tag len (0A len key) (12 len (value tag, value))</c></remarks>
internal sealed class KeyValue
{
    private readonly byte _tag;
    private readonly byte[] _key;

    /// <param name="field">Number of the attributes' field in the message that holds them.</param>
    public KeyValue(int field, string name)
    {
        _tag = (byte)((field << 3) | 2);
        var buffer = new WireBuffer();
        buffer.Field(0x0A, Encoding.UTF8.GetBytes(name));
        _key = buffer.Written.ToArray();
    }

    public void Int(WireBuffer buffer, long value)
    {
        int size = 1 + WireBuffer.VarintSize((ulong)value);
        Head(buffer, size);
        buffer.Byte(0x18);
        buffer.Varint((ulong)value);
    }

    public void Double(WireBuffer buffer, double value)
    {
        Head(buffer, 9);
        buffer.Byte(0x21);
        buffer.Double(value);
    }

    public void Bool(WireBuffer buffer, bool value)
    {
        Head(buffer, 2);
        buffer.Byte(0x10);
        buffer.Byte(value ? (byte)1 : (byte)0);
    }

    /// <summary>A text shorter than 126 bytes.</summary>
    public void String(WireBuffer buffer, ReadOnlySpan<byte> value)
    {
        Head(buffer, 2 + value.Length);
        buffer.Byte(0x0A);
        buffer.Byte((byte)value.Length);
        buffer.Bytes(value);
    }

    /// <summary>Encodes attributes whose values never change. Values are string, int, long, double, bool or an array of strings.</summary>
    public static byte[] Encode(int field, params (string Name, object Value)[] attributes)
    {
        var buffer = new WireBuffer();
        foreach ((string name, object value) in attributes)
        {
            buffer.Reserve(name.Length + 4096);
            var key = new KeyValue(field, name);
            switch (value)
            {
                case int number:
                    key.Int(buffer, number);
                    break;
                case long number:
                    key.Int(buffer, number);
                    break;
                case double number:
                    key.Double(buffer, number);
                    break;
                case bool flag:
                    key.Bool(buffer, flag);
                    break;
                default:
                    byte[] text = Encoding.UTF8.GetBytes((string)value);
                    int start = buffer.Begin(key._tag, 2);
                    buffer.Bytes(key._key);
                    int inner = buffer.Begin(0x12, 2);
                    buffer.Field(0x0A, text);
                    buffer.End(inner, 2);
                    buffer.End(start, 2);
                    break;
            }
        }

        return buffer.Written.ToArray();
    }

    private void Head(WireBuffer buffer, int valueSize)
    {
        buffer.Byte(_tag);
        buffer.Varint((ulong)(_key.Length + 2 + valueSize));
        buffer.Bytes(_key);
        buffer.Byte(0x12);
        buffer.Byte((byte)valueSize);
    }
}
