namespace Observe.Fuzz.Mutation;

/// <summary>Writes varints, also longer than they need be.</summary>
internal static class Varint
{
    /// <param name="destination">At least 10 bytes.</param>
    /// <param name="value">The number.</param>
    /// <param name="minBytes">Fewer are filled up with continuation bytes.</param>
    /// <returns>Bytes written.</returns>
    public static int Write(Span<byte> destination, ulong value, int minBytes = 1)
    {
        int length = 0;
        while (value >= 0x80 || length < minBytes - 1)
        {
            destination[length++] = (byte)(value | 0x80);
            value >>= 7;
        }

        destination[length++] = (byte)value;
        return length;
    }
}
