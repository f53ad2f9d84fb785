using System.Text;
using System.Text.Unicode;

namespace Observe.Ingest.Otlp.Decoding;

/// <summary>Text as senders wrote it, made valid.</summary>
internal static class Utf8Text
{
    /// <summary>
    /// The same bytes when they are valid UTF-8, which proto3 demands of every string; otherwise a copy in which each invalid sequence is
    /// U+FFFD. A sender's broken character costs that character, not the record, and JSON made of the text stays valid.
    /// </summary>
    public static ReadOnlySpan<byte> Valid(ReadOnlySpan<byte> text) => Utf8.IsValid(text) ? text : Repair(text);

    private static byte[] Repair(ReadOnlySpan<byte> text) => Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(text));
}
