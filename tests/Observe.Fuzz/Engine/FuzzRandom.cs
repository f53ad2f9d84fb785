namespace Observe.Fuzz.Engine;

/// <summary>
/// Random numbers of a seed (SplitMix64): the same on every machine and in every version of .NET, which <see cref="Random"/> does not promise.
/// </summary>
public sealed class FuzzRandom(ulong seed)
{
    private ulong _state = seed;

    public ulong Next()
    {
        ulong z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>From 0 to <paramref name="count"/> - 1; 0 when there is nothing to choose from.</summary>
    public int Below(int count) => (int)(((Next() >> 32) * (ulong)Math.Max(count, 0)) >> 32);

    /// <summary>From <paramref name="min"/> to <paramref name="max"/>, both included.</summary>
    public int Between(int min, int max) => min + Below(max - min + 1);

    /// <summary>True once in so many calls.</summary>
    public bool OneIn(int count) => Below(count) == 0;

    public T Of<T>(ReadOnlySpan<T> choices) => choices[Below(choices.Length)];

    public void Fill(Span<byte> bytes)
    {
        foreach (ref byte b in bytes)
        {
            b = (byte)Next();
        }
    }
}
