using System.Buffers;
using Observe.Storage.Correlation;

namespace Observe.Ingest.Otlp.Correlation;

/// <summary>Finds ids that stand in the text of a log: UUIDs, ULIDs, and hexadecimal numbers of 24 or of 32 and more digits.</summary>
/// <remarks>
/// <code>
/// payment 123e4567-e89b-12d3-a456-426614174000 declined
///                        ^ one byte in 24 is looked at: where it cannot be part of an id, none lies across it.
///         |------------ the run around it -------------|
/// </code>
/// The shortest of these ids has 24 characters, so each crosses one of the places that are looked at, and a text without ids costs a table look-up or two
/// for each 24 bytes.
/// </remarks>
internal static class IdText
{
    private const int Stride = 24;
    private const int UlidLength = 26;
    private const int ObjectIdLength = 24;
    private const int MinHexLength = 32;
    private const int UuidLength = 36;

    private static readonly SearchValues<byte> HexOrDash = SearchValues.Create("0123456789abcdefABCDEF-"u8);
    private static readonly SearchValues<byte> UlidDigits = SearchValues.Create("0123456789ABCDEFGHJKMNPQRSTVWXYZ"u8);

    /// <summary>The next id from <paramref name="position"/> on, which moves behind it.</summary>
    public static bool TryNext(ReadOnlySpan<byte> text, ref int position, out ReadOnlySpan<byte> id)
    {
        int hexSeen = position; // up to here no hexadecimal id begins, however long the run is that the next place lies in
        int ulidSeen = position;
        for (int at = position + Stride - 1; at < text.Length; at += Stride)
        {
            if (at >= hexSeen && HexOrDash.Contains(text[at]))
            {
                (int start, int end) = RunAround(text, at, position, HexOrDash);
                if (end - start >= ObjectIdLength && TryInRun(text, start, end, out id, ref position))
                {
                    return true;
                }

                hexSeen = end;
            }

            if (at >= ulidSeen && UlidDigits.Contains(text[at]))
            {
                (int start, int end) = RunAround(text, at, position, UlidDigits);
                if (end - start == UlidLength && IsApart(text, start, end) && IdShape.IsUlid(text[start..end]))
                {
                    id = text[start..end];
                    position = end;
                    return true;
                }

                ulidSeen = end;
            }
        }

        position = text.Length;
        id = default;
        return false;
    }

    private static (int Start, int End) RunAround(ReadOnlySpan<byte> text, int at, int from, SearchValues<byte> among)
    {
        int start = from + text[from..at].LastIndexOfAnyExcept(among) + 1;
        int length = text[at..].IndexOfAnyExcept(among);
        return (start, length < 0 ? text.Length : at + length);
    }

    /// <summary>An id within a run of hexadecimal digits and dashes.</summary>
    /// <param name="position">Moves behind it; stays where there is none.</param>
    private static bool TryInRun(ReadOnlySpan<byte> text, int start, int end, out ReadOnlySpan<byte> id, ref int position)
    {
        for (int part = start; part < end;)
        {
            int dash = text[part..end].IndexOf((byte)'-');
            int partEnd = dash < 0 ? end : part + dash;
            if (partEnd - part == 8 && part + UuidLength <= end && IsApart(text, part, part + UuidLength)
                && CanonicalId.IsUuid(text.Slice(part, UuidLength)) && text.Slice(part, UuidLength).ContainsAnyExcept("0-"u8))
            {
                id = text.Slice(part, UuidLength);
                position = part + UuidLength;
                return true;
            }

            if (partEnd - part is ObjectIdLength or (>= MinHexLength and <= CanonicalId.MaxLength)
                && IsApart(text, part, partEnd) && IdShape.IsHexNumber(text[part..partEnd]))
            {
                id = text[part..partEnd];
                position = partEnd;
                return true;
            }

            part = partEnd + 1;
        }

        id = default;
        return false;
    }

    /// <summary>Whether no letter or digit touches it: then it would be a part of something longer.</summary>
    private static bool IsApart(ReadOnlySpan<byte> text, int start, int end) =>
        (start == 0 || !char.IsAsciiLetterOrDigit((char)text[start - 1])) && (end == text.Length || !char.IsAsciiLetterOrDigit((char)text[end]));
}
