namespace Observe.Fuzz.Engine;

/// <summary>What one execution did, as far as it tells inputs apart: a cheap stand-in for code coverage.</summary>
/// <remarks>
/// Each trait is a number: the kind of outcome, the text of an error without its figures, magnitudes of counts, features of the input.
/// An input with a trait that no other had is kept and changed further.
/// </remarks>
public sealed class FuzzFeedback
{
    private readonly ulong[] _traits = new ulong[64];
    private int _count;

    public ReadOnlySpan<ulong> Traits => _traits.AsSpan(0, _count);

    /// <summary>Whether the input was taken, wholly or in part.</summary>
    public bool IsAccepted { get; private set; }

    /// <summary>Bytes that the code under test allocated for this input.</summary>
    public long AllocatedBytes { get; set; }

    public void Clear()
    {
        _count = 0;
        IsAccepted = false;
        AllocatedBytes = 0;
    }

    public void Accepted() => IsAccepted = true;

    public void Refused(string kind, string message) => Add(HashText(message, HashText(kind, 17)));

    /// <summary>A count, of which only the magnitude tells.</summary>
    public void Count(int which, int count) => Add(Combine(Combine(1, (uint)which), (uint)Magnitude(count)));

    /// <summary>A small count, of which each value tells.</summary>
    public void Exact(int which, int count) => Add(Combine(Combine(4, (uint)which), (uint)Math.Min(count, 1024)));

    /// <summary>Features of the input, a bit each, with the pairs in which they occur.</summary>
    public void Features(uint bits)
    {
        Add(Combine(2, bits));
        for (int i = 0; i < 32; i++)
        {
            if ((bits & (1u << i)) != 0)
            {
                Add(Combine(3, (uint)i));
            }
        }
    }

    private static int Magnitude(int count) => count < 4 ? count : 4 + int.Log2(count);

    private static ulong Combine(ulong hash, ulong value) => (hash ^ value) * 0x9E3779B97F4A7C15 ^ (hash >> 29);

    private static ulong HashText(string text, ulong hash)
    {
        foreach (char c in text)
        {
            // Positions and lengths would make every error a new one.
            if (!char.IsAsciiDigit(c))
            {
                hash = (hash ^ c) * 0x100000001B3;
            }
        }

        return hash;
    }

    private void Add(ulong trait)
    {
        if (_count < _traits.Length)
        {
            _traits[_count++] = trait;
        }
    }
}
