using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Observe.Ingest.Memory;
using Observe.Ingest.Wire;

namespace Observe.Ingest.Otlp.Json;

/// <summary>Turns OTLP/JSON into protobuf, so that behind it there is one decoder.</summary>
/// <remarks>
/// Rules: <see href="https://protobuf.dev/programming-guides/json/"/> with the deviations of
/// <see href="https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding"/>: ids in hexadecimal, unknown names ignored. A null is as
/// good as nothing; 64-bit numbers are numbers or strings.
/// <para>A nested message's length is known only at its end. So five bytes are left for it, and the length is written there as a varint
/// with leading continuation bytes, which every reader accepts.</para>
/// </remarks>
internal ref struct OtlpJsonTranscoder
{
    private const int LengthBytes = 5;

    /// <summary>An array or map in an attribute takes four levels of JSON; beside them there are about a dozen.</summary>
    private const int MaxJsonDepth = (4 * (AttributeValidator.MaxDepth + 1)) + 32;

    private readonly PooledBuffer _output;
    private readonly ByteScratch _text = new();
    private readonly JsonPathStack _path = new();
    private Utf8JsonReader _json;
    private bool _hasOwnMember;
    private OtlpSignal? _otherSignal;

    private OtlpJsonTranscoder(ReadOnlySpan<byte> json, PooledBuffer output)
    {
        _json = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaxJsonDepth });
        _output = output;
    }

    /// <summary>Appends the protobuf form of a request to a buffer.</summary>
    /// <exception cref="IngestException">The text is not JSON or not OTLP/JSON. The message names the place.</exception>
    public static void Transcode(OtlpSignal signal, ReadOnlySpan<byte> json, PooledBuffer output)
    {
        var transcoder = new OtlpJsonTranscoder(json, output);
        try
        {
            transcoder.ReadDocument(signal);
        }
        catch (JsonException e)
        {
            throw new IngestException(
                IngestError.Malformed,
                $"The request is not valid JSON in line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1} of the line, at {transcoder._path}.");
        }
    }

    private void ReadDocument(OtlpSignal signal)
    {
        _json.Read();
        ReadMessage(OtlpJsonSchema.Request(signal), isTop: true);
        _json.Read(); // Throws where something follows the document.
        if (!_hasOwnMember && _otherSignal is { } other)
        {
            throw new IngestException(
                IngestError.Malformed,
                $"The request holds {other.Name()} and was sent as {signal.Name()}: send it to /v1/{other.Name()}.");
        }
    }

    /// <summary>
    /// Unknown members are passed over, as the specification asks. But in a request at the wrong path nothing is known, and its records would be
    /// lost without a word.
    /// </summary>
    private void NoteMember(bool isKnown)
    {
        _hasOwnMember |= isKnown;
        if (!isKnown && OtlpJsonSchema.SignalOf(Text()) is { } other)
        {
            Utf8JsonReader ahead = _json;
            if (ahead.Read() && ahead.TokenType == JsonTokenType.StartArray && ahead.Read() && ahead.TokenType != JsonTokenType.EndArray)
            {
                _otherSignal = other;
            }
        }
    }

    private void ReadMessage(JsonMessage message, bool isTop = false)
    {
        if (_json.TokenType != JsonTokenType.StartObject)
        {
            Fail("an object");
        }

        while (_json.Read() && _json.TokenType == JsonTokenType.PropertyName)
        {
            bool isKnown = message.TryGetField(Text(), out JsonField? field);
            if (isTop)
            {
                NoteMember(isKnown);
            }

            _json.Read();
            if (!isKnown)
            {
                _json.Skip();
            }
            else if (_json.TokenType != JsonTokenType.Null)
            {
                _path.Push(field!.Name);
                ReadField(field);
                _path.Pop();
            }
        }
    }

    private void ReadField(JsonField field)
    {
        if (!field.IsRepeated)
        {
            ReadValue(field);
            return;
        }

        if (_json.TokenType != JsonTokenType.StartArray)
        {
            Fail("an array");
        }

        for (int index = 0; _json.Read() && _json.TokenType != JsonTokenType.EndArray; index++)
        {
            _path.SetIndex(index);
            ReadValue(field);
        }
    }

    private void ReadValue(JsonField field)
    {
        switch (field.Kind)
        {
            case JsonFieldKind.String:
                ExpectString("a string");
                _output.WriteBytes(field.Number, Text());
                break;
            case JsonFieldKind.Bool:
                _output.WriteVarint(field.Number, ReadBool() ? 1ul : 0);
                break;
            case JsonFieldKind.Double:
                _output.WriteFixed64(field.Number, BitConverter.DoubleToUInt64Bits(ReadDouble()));
                break;
            case JsonFieldKind.Int64:
                _output.WriteVarint(field.Number, (ulong)ReadInteger(long.MinValue, long.MaxValue, "a 64-bit integer, as a number or a string"));
                break;
            case JsonFieldKind.UInt64:
                _output.WriteVarint(field.Number, ReadUInt64());
                break;
            case JsonFieldKind.UInt32:
                _output.WriteVarint(field.Number, ReadUInt32());
                break;
            case JsonFieldKind.SInt32:
                long signed = ReadInteger(int.MinValue, int.MaxValue, "a 32-bit integer");
                _output.WriteVarint(field.Number, (ulong)((signed << 1) ^ (signed >> 63)));
                break;
            case JsonFieldKind.Fixed32:
                _output.WriteFixed32(field.Number, ReadUInt32());
                break;
            case JsonFieldKind.Fixed64:
                _output.WriteFixed64(field.Number, ReadUInt64());
                break;
            case JsonFieldKind.SFixed64:
                _output.WriteFixed64(
                    field.Number, (ulong)ReadInteger(long.MinValue, long.MaxValue, "a 64-bit integer, as a number or a string"));
                break;
            case JsonFieldKind.Enum:
                _output.WriteVarint(field.Number, (ulong)ReadEnum(field));
                break;
            case JsonFieldKind.Bytes:
                WriteBase64(field.Number);
                break;
            case JsonFieldKind.HexId:
                WriteHexId(field.Number);
                break;
            default:
                WriteMessage(field);
                break;
        }
    }

    private void WriteMessage(JsonField field)
    {
        _output.WriteRaw((field.Number << 3) | WireType.LengthDelimited);
        int lengthAt = _output.Length;
        _output.GetSpan(LengthBytes);
        _output.Advance(LengthBytes);
        ReadMessage(field.Message!());

        uint length = (uint)(_output.Length - lengthAt - LengthBytes);
        Span<byte> place = _output.Written(lengthAt, LengthBytes);
        for (int i = 0; i < LengthBytes - 1; i++)
        {
            place[i] = (byte)(0x80 | (length >> (7 * i)));
        }

        place[LengthBytes - 1] = (byte)(length >> (7 * (LengthBytes - 1)));
    }

    private void WriteBase64(uint number)
    {
        ExpectString("bytes as a base64 string");
        ReadOnlySpan<byte> text = Text();
        byte[] bytes = ArrayPool<byte>.Shared.Rent(Base64.GetMaxDecodedFromUtf8Length(text.Length) + 3);
        try
        {
            // Both alphabets are allowed, and the padding may be missing; Base64Url takes either padding, Base64 only the full one.
            if (Base64.DecodeFromUtf8(text, bytes, out _, out int length) != OperationStatus.Done
                && !TryDecodeWithoutPadding(text, bytes, out length))
            {
                Fail("bytes as a base64 string");
            }

            _output.WriteBytes(number, bytes.AsSpan(0, length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    private static bool TryDecodeWithoutPadding(ReadOnlySpan<byte> text, Span<byte> bytes, out int length)
    {
        byte[] url = text.ToArray();
        url.AsSpan().Replace((byte)'+', (byte)'-');
        url.AsSpan().Replace((byte)'/', (byte)'_');
        return Base64Url.DecodeFromUtf8(url, bytes, out _, out length) == OperationStatus.Done;
    }

    private void WriteHexId(uint number)
    {
        const string expected = "an id as a string of hexadecimal digits";
        ExpectString(expected);
        ReadOnlySpan<byte> text = Text();
        if (text.Length > 64)
        {
            Fail(expected);
        }

        Span<byte> id = stackalloc byte[32];
        if (Convert.FromHexString(text, id, out _, out int length) != OperationStatus.Done)
        {
            Fail(expected);
        }

        _output.WriteBytes(number, id[..length]);
    }

    private readonly bool ReadBool() => _json.TokenType switch
    {
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        _ => Fail<bool>("true or false"),
    };

    private double ReadDouble()
    {
        const string expected = "a number, \"NaN\", \"Infinity\" or \"-Infinity\"";
        if (_json.TokenType == JsonTokenType.Number)
        {
            return _json.GetDouble();
        }

        ExpectString(expected);
        ReadOnlySpan<byte> text = Text();
        if (text.SequenceEqual("NaN"u8))
        {
            return double.NaN;
        }

        if (text.SequenceEqual("Infinity"u8))
        {
            return double.PositiveInfinity;
        }

        if (text.SequenceEqual("-Infinity"u8))
        {
            return double.NegativeInfinity;
        }

        return Utf8Parser.TryParse(text, out double value, out int consumed) && consumed == text.Length ? value : Fail<double>(expected);
    }

    private uint ReadUInt32() => (uint)ReadInteger(0, uint.MaxValue, "an unsigned 32-bit integer");

    private long ReadEnum(JsonField field)
    {
        if (_json.TokenType != JsonTokenType.String)
        {
            return ReadInteger(int.MinValue, int.MaxValue, "the number of an enum's member");
        }

        return field.Members!.TryGetValue(System.Text.Encoding.UTF8.GetString(Text()), out int value)
            ? value
            : Fail<int>($"the number of an enum's member, or one of {string.Join(", ", field.Members.Keys)}");
    }

    private ulong ReadUInt64()
    {
        const string expected = "an unsigned 64-bit integer, as a number or a string";
        ReadOnlySpan<byte> text = NumberText(expected);
        return Utf8Parser.TryParse(text, out ulong value, out int consumed) && consumed == text.Length
            ? value
            : (ulong)ReadIntegral(text, 0, ulong.MaxValue, expected);
    }

    private long ReadInteger(long min, long max, string expected)
    {
        ReadOnlySpan<byte> text = NumberText(expected);
        if (!Utf8Parser.TryParse(text, out long value, out int consumed) || consumed != text.Length)
        {
            value = (long)ReadIntegral(text, min, max, expected);
        }

        return value >= min && value <= max ? value : Fail<long>(expected);
    }

    /// <summary>Proto3's JSON takes 1e3 and 5.0 for integers, as long as nothing is lost.</summary>
    private readonly decimal ReadIntegral(ReadOnlySpan<byte> text, decimal min, decimal max, string expected) =>
        decimal.TryParse(
            text, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out decimal value)
        && decimal.IsInteger(value) && value >= min && value <= max
            ? value
            : Fail<decimal>(expected);

    private ReadOnlySpan<byte> NumberText(string expected)
    {
        if (_json.TokenType == JsonTokenType.Number)
        {
            return _json.ValueSpan;
        }

        ExpectString(expected);
        return Text();
    }

    private readonly void ExpectString(string expected)
    {
        if (_json.TokenType != JsonTokenType.String)
        {
            Fail(expected);
        }
    }

    /// <summary>The current string or name, without escapes.</summary>
    private ReadOnlySpan<byte> Text()
    {
        if (!_json.ValueIsEscaped)
        {
            return _json.ValueSpan;
        }

        _text.Clear();
        try
        {
            _text.Advance(_json.CopyString(_text.GetSpan(_json.ValueSpan.Length)));
        }
        catch (InvalidOperationException)
        {
            // The reader's word for half a surrogate pair, or for bytes that are not UTF-8 beside an escape.
            Fail("text whose \\u escapes and bytes are whole characters");
        }

        return _text.Span;
    }

    [DoesNotReturn]
    private readonly void Fail(string expected) => throw new IngestException(
        IngestError.Malformed, $"The request is not OTLP/JSON: {_path}, at byte {_json.TokenStartIndex}, must be {expected}.");

    [DoesNotReturn]
    private readonly T Fail<T>(string expected)
    {
        Fail(expected);
        return default;
    }
}
