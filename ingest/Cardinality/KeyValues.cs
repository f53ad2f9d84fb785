namespace Observe.Ingest.Cardinality;

/// <summary>The values of an attribute of a metric on a day.</summary>
internal sealed class KeyValues(byte[] key)
{
    public byte[] Key => key;

    /// <summary>Their hashes.</summary>
    public IdSet Values { get; } = new();

    /// <summary>The limit, once it kept a series out.</summary>
    public ReachedLimit? Reached { get; set; }

    /// <summary>What it takes to count the values of a key, apart from the values: this object, its set, its limit, its place in a table, and the key as bytes and as text.</summary>
    public static long BytesOf(int keyLength) => 400 + (3L * keyLength);
}
