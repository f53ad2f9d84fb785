using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Observe.Ingest.Cardinality;

/// <summary>A set of hashes, in 11 to 22 bytes each. What only reads may read from several threads.</summary>
/// <remarks>Open addressing. Where an id goes depends on a secret of the process, so that a sender cannot choose ids that meet.</remarks>
internal sealed class IdSet
{
    private const int FirstSlots = 8;

    /// <summary>Memory of the ids of a new set.</summary>
    public const long FirstBytes = FirstSlots * sizeof(ulong);

    /// <summary>Stands for an empty slot; the set has it as a flag.</summary>
    private const ulong Empty = 0;

    private static readonly ulong Secret = MemoryMarshal.Read<ulong>(RandomNumberGenerator.GetBytes(sizeof(ulong))) | 1;

    private ulong[] _slots = new ulong[FirstSlots];
    private bool _hasEmpty;

    public int Count { get; private set; }

    /// <summary>Memory of the ids.</summary>
    public long Bytes => _slots.Length * (long)sizeof(ulong);

    /// <summary>Whether one more id goes in without more memory.</summary>
    public bool HasRoom => (Count + 1) * 4L <= _slots.Length * 3L; // at most three quarters are taken

    public bool Contains(ulong id) => id == Empty ? _hasEmpty : _slots[Slot(id)] == id;

    public bool Add(ulong id)
    {
        if (Contains(id))
        {
            return false;
        }

        if (id == Empty)
        {
            _hasEmpty = true;
        }
        else
        {
            if (!HasRoom)
            {
                Grow();
            }

            _slots[Slot(id)] = id;
        }

        Count++;
        return true;
    }

    public IEnumerable<ulong> Ids() => _hasEmpty ? _slots.Where(static id => id != Empty).Append(Empty) : _slots.Where(static id => id != Empty);

    /// <summary>Takes twice the memory, for twice as many ids.</summary>
    public void Grow()
    {
        ulong[] old = _slots;
        _slots = new ulong[old.Length * 2];
        foreach (ulong id in old)
        {
            if (id != Empty)
            {
                _slots[Slot(id)] = id;
            }
        }
    }

    /// <summary>Where the id is, or else where it would go.</summary>
    private int Slot(ulong id)
    {
        int mask = _slots.Length - 1;
        int slot = (int)((id * Secret) >> (64 - BitOperations.Log2((uint)_slots.Length)));
        while (_slots[slot] != Empty && _slots[slot] != id)
        {
            slot = (slot + 1) & mask;
        }

        return slot;
    }
}
