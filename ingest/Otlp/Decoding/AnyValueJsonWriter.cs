using System.Text.Encodings.Web;
using Observe.Ingest.Memory;
using Observe.Ingest.Otlp.Messages;
using Observe.Ingest.Wire;

namespace Observe.Ingest.Otlp.Decoding;

/// <summary>Values as JSON text, where a column keeps them so: bodies that are arrays or maps, attributes of events and links.</summary>
/// <remarks>
/// Kinds stay apart: integers have no point, doubles always a point or an exponent; NaN and the infinities are strings as in proto3's
/// JSON; bytes are base64; an empty value is null. A key that was sent twice stands twice. No white space.
/// </remarks>
/// <param name="maxText">Bytes that are kept of each text and of bytes.</param>
internal sealed class AnyValueJsonWriter(int maxText = int.MaxValue)
{
    /// <summary>For people to read and to search, so not every letter outside ASCII becomes \uXXXX. Nobody puts it into HTML unescaped.</summary>
    private static readonly JavaScriptEncoder Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    private readonly ByteScratch _text = new();
    private readonly Base64Text _base64 = new();

    /// <summary>The text of one value; valid until the next call.</summary>
    public ReadOnlySpan<byte> Value(AnyValueMessage value)
    {
        _text.Clear();
        Write(value);
        return _text.Span;
    }

    /// <summary>The text of attributes as an object; valid until the next call.</summary>
    public ReadOnlySpan<byte> Object(RepeatedField attributes)
    {
        BeginObject();
        WriteProperties(attributes);
        return EndObject();
    }

    /// <summary>Begins an object that is filled with <see cref="Property"/> and ended by <see cref="EndObject"/>.</summary>
    public void BeginObject()
    {
        _text.Clear();
        _text.Append((byte)'{');
    }

    /// <summary>Adds a property to the object that was begun last.</summary>
    public void Property(ReadOnlySpan<byte> name, AnyValueMessage value)
    {
        Separate((byte)'{');
        WriteString(name);
        _text.Append((byte)':');
        Write(value);
    }

    /// <summary>The text of the object; valid until the next call.</summary>
    public ReadOnlySpan<byte> EndObject()
    {
        _text.Append((byte)'}');
        return _text.Span;
    }

    private void Write(AnyValueMessage value)
    {
        Span<byte> number = stackalloc byte[NumberText.MaxLength];
        switch (value.Kind)
        {
            case AnyValueKind.String:
                WriteString(Utf8Text.Cut(value.Content, maxText));
                break;
            case AnyValueKind.Bool:
                _text.Append(value.Bool ? "true"u8 : "false"u8);
                break;
            case AnyValueKind.Int:
                _text.Append(NumberText.Int(value.Int, number));
                break;
            case AnyValueKind.Double when double.IsFinite(value.Double):
                _text.Append(NumberText.Double(value.Double, number));
                break;
            case AnyValueKind.Double:
                WriteString(NumberText.Double(value.Double, number));
                break;
            case AnyValueKind.Bytes:
                WriteString(_base64.Encode(value.Content[..Math.Min(value.Content.Length, maxText)]));
                break;
            case AnyValueKind.Array:
                _text.Append((byte)'[');
                foreach (ReadOnlySpan<byte> element in value.Elements)
                {
                    Separate((byte)'[');
                    Write(new AnyValueMessage(element));
                }

                _text.Append((byte)']');
                break;
            case AnyValueKind.Map:
                _text.Append((byte)'{');
                WriteProperties(value.Entries);
                _text.Append((byte)'}');
                break;
            default:
                _text.Append("null"u8);
                break;
        }
    }

    private void WriteProperties(RepeatedField entries)
    {
        foreach (ReadOnlySpan<byte> entry in entries)
        {
            var keyValue = new KeyValueMessage(entry);
            Property(keyValue.Key, keyValue.Value);
        }
    }

    /// <summary>A comma, unless the array or object has only just been opened. No value ends in its opening bracket.</summary>
    private void Separate(byte opening)
    {
        if (_text.Span[^1] != opening)
        {
            _text.Append((byte)',');
        }
    }

    private void WriteString(ReadOnlySpan<byte> text)
    {
        text = Utf8Text.Valid(text);
        _text.Append((byte)'"');
        while (!text.IsEmpty)
        {
            // The encoder stops where the destination is full; every step makes progress because a character takes at most 12 bytes.
            Encoder.EncodeUtf8(text, _text.GetSpan(text.Length + 12), out int consumed, out int written);
            _text.Advance(written);
            text = text[consumed..];
        }

        _text.Append((byte)'"');
    }
}
