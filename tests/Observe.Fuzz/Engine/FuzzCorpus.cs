namespace Observe.Fuzz.Engine;

/// <summary>Inputs that are worth changing: the seeds, and for each trait the shortest input that has shown it. Used by one thread.</summary>
internal sealed class FuzzCorpus(int maxEntries, int maxLength)
{
    private readonly List<byte[]> _inputs = [];
    private readonly Dictionary<ulong, int> _byTrait = [];

    public int Count => _inputs.Count;

    public int TraitCount => _byTrait.Count;

    public void AddSeed(byte[] seed) => _inputs.Add(seed);

    public ReadOnlySpan<byte> Pick(FuzzRandom random) => _inputs[random.Below(_inputs.Count)];

    /// <summary>Keeps the input if it shows something new, or something known in much fewer bytes.</summary>
    public void Consider(ReadOnlySpan<byte> input, FuzzFeedback feedback)
    {
        if (input.Length > maxLength)
        {
            return;
        }

        int added = -1;
        foreach (ulong trait in feedback.Traits)
        {
            if (!_byTrait.TryGetValue(trait, out int index))
            {
                if (_inputs.Count >= maxEntries && added < 0)
                {
                    return;
                }

                if (added < 0)
                {
                    added = _inputs.Count;
                    _inputs.Add(input.ToArray());
                }

                _byTrait.Add(trait, added);
            }
            else if (added < 0 && input.Length < _inputs[index].Length / 2)
            {
                // Short inputs run faster, and a change of one byte is more likely to mean something.
                added = _inputs.Count < maxEntries ? _inputs.Count : index;
                if (added == index)
                {
                    _inputs[index] = input.ToArray();
                }
                else
                {
                    _inputs.Add(input.ToArray());
                    _byTrait[trait] = added;
                }
            }
        }
    }
}
