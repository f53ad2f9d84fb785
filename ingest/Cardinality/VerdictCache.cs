namespace Observe.Ingest.Cardinality;

/// <summary>Remembers yes or no by a hash of 63 bits, as long as no other takes its place. 2 MB. Thread-safe, and nobody waits.</summary>
internal sealed class VerdictCache
{
    private const int Slots = 1 << 18;
    private const ulong Verdict = 1;

    private readonly ulong[] _slots = new ulong[Slots];

    public bool TryGet(ulong hash, out bool verdict)
    {
        ulong slot = Volatile.Read(ref _slots[Slot(hash)]);
        verdict = (slot & Verdict) != 0;
        return (slot & ~Verdict) == (hash & ~Verdict) && slot != 0;
    }

    public void Add(ulong hash, bool verdict) => Volatile.Write(ref _slots[Slot(hash)], (hash & ~Verdict) | (verdict ? Verdict : 0));

    private static int Slot(ulong hash) => (int)(hash >> 46);
}
