using System.Globalization;

namespace Observe.Ingest.Otlp.Decoding;

/// <summary>Numbers as text that reads back as the same number of the same kind.</summary>
internal static class NumberText
{
    /// <summary>Room for any number below.</summary>
    public const int MaxLength = 32;

    public static ReadOnlySpan<byte> Int(long value, Span<byte> destination)
    {
        value.TryFormat(destination, out int length, default, CultureInfo.InvariantCulture);
        return destination[..length];
    }

    public static ReadOnlySpan<byte> UInt(ulong value, Span<byte> destination)
    {
        value.TryFormat(destination, out int length, default, CultureInfo.InvariantCulture);
        return destination[..length];
    }

    /// <summary>The shortest text; with a point or exponent, so that 5.0 is told from 5; NaN, Infinity or -Infinity.</summary>
    public static ReadOnlySpan<byte> Double(double value, Span<byte> destination)
    {
        value.TryFormat(destination, out int length, "R", CultureInfo.InvariantCulture);
        if (double.IsFinite(value) && !destination[..length].ContainsAny((byte)'.', (byte)'E'))
        {
            ".0"u8.CopyTo(destination[length..]);
            length += 2;
        }

        return destination[..length];
    }
}
