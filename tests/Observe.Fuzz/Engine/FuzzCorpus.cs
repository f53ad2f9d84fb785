namespace Observe.Fuzz.Engine;

/// <summary>Inputs that are worth changing: the seeds, and for each trait the shortest input that has shown it. Used by one thread.</summary>
internal sealed class FuzzCorpus(int maxEntries, int maxLength)
{
    private readonly List<byte[]> _inputs = [];
    private readonly List<int> _accepted = [];
    private readonly Dictionary<ulong, int> _byTrait = [];

    public int Count => _inputs.Count;

    public int TraitCount => _byTrait.Count;

    public void AddSeed(byte[] seed)
    {
        _accepted.Add(_inputs.Count);
        _inputs.Add(seed);
    }

    /// <summary>Mostly one that was accepted: what is broken already mostly breaks at the same place again.</summary>
    public ReadOnlySpan<byte> Pick(FuzzRandom random) =>
        _inputs[random.OneIn(8) ? random.Below(_inputs.Count) : _accepted[random.Below(_accepted.Count)]];

    /// <summary>Keeps the input if it shows something new, or something known in less than half of the bytes.</summary>
    public void Consider(ReadOnlySpan<byte> input, FuzzFeedback feedback)
    {
        if (input.Length > maxLength)
        {
            return;
        }

        int added = -1;
        foreach (ulong trait in feedback.Traits)
        {
            // Short inputs run faster, and a change of one byte is more likely to mean something.
            bool isKnown = _byTrait.TryGetValue(trait, out int index);
            if (isKnown && input.Length >= _inputs[index].Length / 2)
            {
                continue;
            }

            if (added < 0)
            {
                if (_inputs.Count == maxEntries)
                {
                    return;
                }

                added = _inputs.Count;
                _inputs.Add(input.ToArray());
                if (feedback.IsAccepted)
                {
                    _accepted.Add(added);
                }
            }

            _byTrait[trait] = added;
        }
    }
}
