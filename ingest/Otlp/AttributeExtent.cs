using System.Runtime.CompilerServices;
using Observe.Ingest.Otlp.Messages;

namespace Observe.Ingest.Otlp;

/// <summary>How many attributes a record has, and how long the longest text among those is that are kept.</summary>
internal struct AttributeExtent
{
    private bool _isInArray;

    /// <summary>How many are kept: the first ones.</summary>
    public int MaxLeaves { get; init; }

    public int Leaves { get; private set; }

    public int LongestText { get; private set; }

    /// <summary>Bytes of the keys that stand before those of maps' entries, in each of their paths.</summary>
    public long PathBytes { get; private set; }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddLeaf(in AnyValueMessage value)
    {
        if (!_isInArray)
        {
            Leaves++;
        }

        if (value.Kind is AnyValueKind.String or AnyValueKind.Bytes && Leaves <= MaxLeaves)
        {
            LongestText = Math.Max(LongestText, value.Content.Length);
        }
    }

    /// <summary>Counts the path of a map's entry.</summary>
    /// <param name="prefixLength">Bytes of what stands before its key.</param>
    public void AddPath(int prefixLength) => PathBytes += prefixLength;

    /// <summary>Counts an array unless it lies in another one; what follows are its elements.</summary>
    /// <returns>Whether it was counted, and is to be ended.</returns>
    public bool BeginArray()
    {
        if (_isInArray)
        {
            return false;
        }

        Leaves++;
        return _isInArray = true;
    }

    public void EndArray() => _isInArray = false;
}
