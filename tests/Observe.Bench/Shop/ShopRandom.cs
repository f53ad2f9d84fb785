namespace Observe.Bench.Shop;

/// <summary>SplitMix64: one addition and a mix per number, and any (seed, block) gives a stream of its own, whichever thread asks.</summary>
internal struct ShopRandom(ulong seed, ulong block)
{
    private ulong _state = Mix(seed ^ Mix(block + 0x9E37_79B9_7F4A_7C15));

    public ulong Next() => Mix(_state += 0x9E37_79B9_7F4A_7C15);

    /// <summary>From 0 to <paramref name="limit"/> - 1.</summary>
    public int Below(int limit) => (int)(((Next() >> 32) * (ulong)limit) >> 32);

    /// <summary>From 0 to just under 1.</summary>
    public double Fraction() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>A number whose bits are all used, made from another.</summary>
    public static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58_476D_1CE4_E5B9;
        value = (value ^ (value >> 27)) * 0x94D0_49BB_1331_11EB;
        return value ^ (value >> 31);
    }
}
