using System.Buffers.Text;
using System.Text;
using Observe.Query.Compilation;
using Observe.Storage.Correlation;

namespace Observe.Query.Correlation;

/// <summary>An id as somebody pasted it, in every form in which records may carry it.</summary>
/// <remarks>
/// <code>
/// pasted ── trimmed, unwrapped, lower case ──► text of CorrelationIds
///    └── read as hexadecimal, UUID or base64 ──► 16 bytes ──► trace id; other texts of the same bytes
///                                           └──► 8 bytes  ──► span id; trace id of 64 bits; other texts
/// </code>
/// Each further text makes the index on CorrelationIds let a few more granules through, so there are no more than senders really write.
/// </remarks>
public sealed class IdSpellings
{
    private const int TraceIdBytes = 16;
    private const int SpanIdBytes = 8;

    private readonly List<string> _texts = [];
    private readonly List<string> _traceIds = [];
    private readonly List<string> _spanIds = [];
    private readonly List<string> _uuids = [];

    private IdSpellings(string id) => Id = id;

    /// <summary>The id itself, without what stood around it, in the case in which it was pasted.</summary>
    public string Id { get; }

    /// <summary>What to look for in CorrelationIds; the canonical form first.</summary>
    public IReadOnlyList<string> Texts => _texts;

    /// <summary>32 lower-case hexadecimal digits each.</summary>
    public IReadOnlyList<string> TraceIds => _traceIds;

    /// <summary>16 lower-case hexadecimal digits each.</summary>
    public IReadOnlyList<string> SpanIds => _spanIds;

    /// <summary>What a text may hold of it, in either case: a text keeps the dashes that CorrelationIds does without.</summary>
    public IEnumerable<string> InText => [Id, .. _texts, .. _traceIds, .. _uuids];

    /// <exception cref="FormatException">There is no id in the text; the message says why.</exception>
    public static IdSpellings Parse(string text)
    {
        string id = Encoding.UTF8.GetString(CanonicalId.Trim(Encoding.UTF8.GetBytes(text)));
        if (id.Length == 0)
        {
            throw new FormatException("There is no id: write one, such as /api/v1/correlate/4bf92f3577b34da6a3ce929d0e0e4736 or ?id=order-77.");
        }

        if (Canonical(text) is not { } canonical)
        {
            throw new FormatException($"The id has more than {CanonicalId.MaxLength} bytes, and longer values are not kept as ids. Search for the field that holds it.");
        }

        var spellings = new IdSpellings(id);
        spellings.AddText(canonical);
        spellings.AddBytesOf(id, canonical);
        return spellings;
    }

    /// <summary>A value in the form in which CorrelationIds has it; null where it cannot be an id.</summary>
    public static string? Canonical(string value)
    {
        Span<byte> canonical = stackalloc byte[CanonicalId.MaxLength];
        return CanonicalId.TryWrite(Encoding.UTF8.GetBytes(value), canonical, out int length) ? Encoding.UTF8.GetString(canonical[..length]) : null;
    }

    /// <summary>Whether a value that a record carries is this id.</summary>
    public bool Is(string value) =>
        value.Length > 0 && (_traceIds.Contains(value) || _spanIds.Contains(value) || (Canonical(value) is { } canonical && _texts.Contains(canonical)));

    private void AddBytesOf(string id, string canonical)
    {
        string digits = canonical.Replace("-", "", StringComparison.Ordinal);
        if (digits.Length is TraceIdBytes * 2 or SpanIdBytes * 2 && digits.All(char.IsAsciiHexDigit))
        {
            AddBytes(Convert.FromHexString(digits));
        }
        else if (TryBase64(id) is { } bytes)
        {
            AddBytes(bytes);
        }
    }

    private void AddBytes(byte[] bytes)
    {
        string hex = Convert.ToHexStringLower(bytes);
        if (HexId.IsNone(hex))
        {
            throw new FormatException("An id of zeros stands for none: it is what loggers write where there is no trace.");
        }

        AddText(hex);
        if (bytes.Length == SpanIdBytes)
        {
            _spanIds.Add(hex);

            // Senders with trace ids of 64 bits fill them up with zeros.
            _traceIds.Add(hex.PadLeft(TraceIdBytes * 2, '0'));
            AddText(Convert.ToBase64String(bytes).ToLowerInvariant());
            return;
        }

        _traceIds.Add(hex);
        _uuids.Add(new Guid(bytes, bigEndian: true).ToString());
        AddText(Convert.ToBase64String(bytes).ToLowerInvariant());

        // .NET and Windows write the first three numbers of a GUID in the order of the processor.
        byte[] swapped = new Guid(bytes, bigEndian: true).ToByteArray();
        string guid = Convert.ToHexStringLower(swapped);
        AddText(guid);
        AddText(Convert.ToBase64String(swapped).ToLowerInvariant());
    }

    private void AddText(string text)
    {
        if (!_texts.Contains(text))
        {
            _texts.Add(text);
        }
    }

    /// <summary>The 16 or 8 bytes of a base64 text, standard or for URLs, with or without padding; null where it is none.</summary>
    private static byte[]? TryBase64(string text)
    {
        // In the query of a URL, + is a space.
        string plain = text.Replace('-', '+').Replace('_', '/').Replace(' ', '+').TrimEnd('=');
        int bytes = plain.Length switch { 22 => TraceIdBytes, 11 => SpanIdBytes, _ => 0 };

        // Words and numbers of this length are text; of eight random bytes it has both cases as good as always.
        if (bytes == 0 || !plain.Any(char.IsAsciiLetterUpper) || !plain.Any(char.IsAsciiLetterLower))
        {
            return null;
        }

        string padded = plain.PadRight((plain.Length + 3) / 4 * 4, '=');
        byte[] decoded = new byte[bytes];
        return Base64.IsValid(padded)
            && Convert.TryFromBase64String(padded, decoded, out int length) && length == bytes
            && Convert.ToBase64String(decoded) == padded
            ? decoded
            : null;
    }
}
