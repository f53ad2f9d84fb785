using System.Text;
using System.Text.Unicode;

namespace Observe.Ingest.Otlp.Decoding;

/// <summary>Text as senders wrote it, made valid.</summary>
internal static class Utf8Text
{
    /// <summary>Bytes of a character after its first one.</summary>
    private const int MaxContinuations = 3;

    /// <summary>
    /// The same bytes when they are valid UTF-8, which proto3 demands of every string; otherwise a copy in which each invalid sequence is
    /// U+FFFD. A sender's broken character costs that character, not the record, and JSON made of the text stays valid.
    /// </summary>
    public static ReadOnlySpan<byte> Valid(ReadOnlySpan<byte> text) => Utf8.IsValid(text) ? text : Repair(text);

    /// <summary>At most so many bytes of a text, without the beginning of a character that would not fit whole.</summary>
    public static ReadOnlySpan<byte> Cut(ReadOnlySpan<byte> text, int maxBytes)
    {
        if (text.Length <= maxBytes)
        {
            return text;
        }

        int end = maxBytes;
        while (end > 0 && end > maxBytes - MaxContinuations && (text[end] & 0xC0) == 0x80)
        {
            end--;
        }

        return text[..end];
    }

    private static byte[] Repair(ReadOnlySpan<byte> text) => Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(text));
}
