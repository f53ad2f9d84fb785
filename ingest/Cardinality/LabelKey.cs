namespace Observe.Ingest.Cardinality;

/// <summary>The key that a label's value counts under.</summary>
internal static class LabelKey
{
    /// <summary>
    /// The key without <c>#2</c>, <c>#3</c>, … at its end, which are put there when a key that is sent twice is stored. It cannot be told from a key that was sent so, and
    /// both count as values of the one key: of what is sent and of what is stored the same.
    /// </summary>
    public static ReadOnlySpan<byte> Of(ReadOnlySpan<byte> path)
    {
        while (!path.IsEmpty && char.IsAsciiDigit((char)path[^1]))
        {
            int mark = path.LastIndexOf((byte)'#');
            if (mark < 0 || path[(mark + 1)..].ContainsAnyExceptInRange((byte)'0', (byte)'9'))
            {
                break;
            }

            path = path[..mark];
        }

        return path;
    }
}
