using System.Buffers.Text;
using Observe.Ingest.Memory;

namespace Observe.Ingest.Otlp.Decoding;

/// <summary>Bytes as base64 text, which is how the columns and proto3's JSON keep them.</summary>
internal sealed class Base64Text
{
    private readonly ByteScratch _text = new();

    /// <summary>The text; valid until the next call.</summary>
    public ReadOnlySpan<byte> Encode(ReadOnlySpan<byte> bytes)
    {
        _text.Clear();
        Base64.EncodeToUtf8(bytes, _text.GetSpan(Base64.GetMaxEncodedToUtf8Length(bytes.Length)), out _, out int length);
        _text.Advance(length);
        return _text.Span;
    }
}
