using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Observe.Ingest.Otlp.Correlation;

/// <summary>What each key says of its values: the configuration first, then <see cref="IdKeyRules"/>. Not thread-safe, each decoder has its own.</summary>
/// <remarks>The same few keys come again and again, so the last verdicts are kept: a key costs its patterns once and a comparison then.</remarks>
internal sealed class IdKeys
{
    private const int Slots = 512; // a power of two; some hundred keys are in use at a time
    private const int MaxKept = 128; // bytes of a key

    private readonly KeyPattern[] _include;
    private readonly KeyPattern[] _exclude;
    private readonly bool _hasIncludes;
    private readonly byte[]?[] _keys = new byte[]?[Slots * 2];
    private readonly IdKey[] _verdicts = new IdKey[Slots * 2];

    public IdKeys(CorrelationIdOptions options)
    {
        _include = [.. options.Include.Select(pattern => new KeyPattern(pattern))];
        _hasIncludes = _include.Length > 0;
        _exclude = [.. options.Exclude.Select(pattern => new KeyPattern(pattern))];
    }

    /// <summary>Whether a key may say that its values are ids: the last letter tells of most that it does not.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool MayBeId(ReadOnlySpan<byte> key, bool plural = false) =>
        (!key.IsEmpty && ((key[^1] | 0x20) == 'd' || (plural && (key[^1] | 0x20) == 's'))) || _hasIncludes;

    /// <param name="key">The whole path, valid UTF-8.</param>
    /// <param name="plural">Whether the value is a list.</param>
    public IdKey Of(ReadOnlySpan<byte> key, bool plural)
    {
        if (key.Length > MaxKept)
        {
            return Decide(key, plural);
        }

        int slot = (Slot(key) * 2) + (plural ? 1 : 0);
        if (_keys[slot] is { } kept && key.SequenceEqual(kept))
        {
            return _verdicts[slot];
        }

        IdKey verdict = Decide(key, plural);
        _keys[slot] = key.ToArray();
        _verdicts[slot] = verdict;
        return verdict;
    }

    private IdKey Decide(ReadOnlySpan<byte> key, bool plural)
    {
        if (Matches(_exclude, key))
        {
            return IdKey.NoId;
        }

        if (Matches(_include, key))
        {
            return IdKey.Id;
        }

        if (IdKeyRules.IsPlace(key))
        {
            return IdKey.NoId;
        }

        return IdKeyRules.IsId(key, plural) ? IdKey.Id : IdKey.Unsaid;
    }

    private static bool Matches(KeyPattern[] patterns, ReadOnlySpan<byte> key)
    {
        foreach (KeyPattern pattern in patterns)
        {
            if (pattern.Matches(key))
            {
                return true;
            }
        }

        return false;
    }

    private static int Slot(ReadOnlySpan<byte> key)
    {
        // Keys that end alike (in "id") differ before.
        uint hash = (uint)key.Length;
        if (key.Length >= 8)
        {
            hash += (BinaryPrimitives.ReadUInt32LittleEndian(key) * 0x9E3779B1) ^ (BinaryPrimitives.ReadUInt32LittleEndian(key[^7..]) * 0x85EBCA77);
        }
        else
        {
            foreach (byte b in key)
            {
                hash = (hash * 31) + b;
            }
        }

        return (int)((hash ^ (hash >> 15)) & (Slots - 1));
    }
}
