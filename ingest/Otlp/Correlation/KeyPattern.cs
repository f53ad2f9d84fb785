using System.Text;

namespace Observe.Ingest.Otlp.Correlation;

/// <summary>A key, or several by <c>*</c>, which stands for any characters or none. ASCII letters match in either case.</summary>
internal sealed class KeyPattern
{
    private readonly byte[][] _parts; // between the stars

    public KeyPattern(string pattern)
    {
        _parts = [.. pattern.Split('*').Select(part => Encoding.UTF8.GetBytes(part))];
    }

    public bool Matches(ReadOnlySpan<byte> key)
    {
        if (_parts.Length == 1)
        {
            return Ascii.EqualsIgnoreCase(key, _parts[0]) || key.SequenceEqual(_parts[0]);
        }

        byte[] first = _parts[0];
        byte[] last = _parts[^1];
        if (key.Length < first.Length + last.Length || !Same(key[..first.Length], first) || !Same(key[^last.Length..], last))
        {
            return false;
        }

        key = key[first.Length..^last.Length];
        for (int i = 1; i < _parts.Length - 1; i++)
        {
            int at = IndexOf(key, _parts[i]);
            if (at < 0)
            {
                return false;
            }

            key = key[(at + _parts[i].Length)..];
        }

        return true;
    }

    private static int IndexOf(ReadOnlySpan<byte> key, ReadOnlySpan<byte> part)
    {
        for (int i = 0; i + part.Length <= key.Length; i++)
        {
            if (Same(key.Slice(i, part.Length), part))
            {
                return i;
            }
        }

        return -1;
    }

    private static bool Same(ReadOnlySpan<byte> key, ReadOnlySpan<byte> part) => Ascii.EqualsIgnoreCase(key, part) || key.SequenceEqual(part);
}
