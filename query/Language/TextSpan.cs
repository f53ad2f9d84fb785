namespace Observe.Query.Language;

/// <summary>A part of a query's text.</summary>
/// <param name="Start">0-based index of its first character (UTF-16).</param>
/// <param name="Length">Characters; 0 at the end of the text.</param>
public readonly record struct TextSpan(int Start, int Length)
{
    public int End => Start + Length;

    public static TextSpan FromBounds(int start, int end) => new(start, end - start);
}
