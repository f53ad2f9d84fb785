namespace Observe.Query.Correlation;

/// <summary>Counts the ids that records carry beside the one that was asked for.</summary>
internal sealed class RelatedIds(IdSpellings asked)
{
    private readonly Dictionary<string, long> _counts = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    /// <summary>Whether there are more different ids than are kept, so that some are missing.</summary>
    public bool IsCut { get; private set; }

    public int Count => _counts.Count;

    /// <summary>Adds the ids of one record.</summary>
    /// <param name="traceId">32 hexadecimal digits; zeros for none.</param>
    /// <param name="ids">In canonical form, each once.</param>
    public void Add(string traceId, IReadOnlyList<object?> ids)
    {
        // Logs and spans are counted at the same time.
        lock (_lock)
        {
            if (traceId.AsSpan().ContainsAnyExcept('0') && !asked.TraceIds.Contains(traceId))
            {
                Count1(traceId);
            }

            foreach (object? id in ids)
            {
                if (id is string text && !asked.Texts.Contains(text))
                {
                    Count1(text);
                }
            }
        }
    }

    /// <summary>The most frequent ones.</summary>
    public IReadOnlyList<KeyValuePair<string, long>> MostFrequent(int count) =>
        [.. _counts.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).Take(count)];

    private void Count1(string id)
    {
        if (_counts.TryGetValue(id, out long count))
        {
            _counts[id] = count + 1;
        }
        else if (_counts.Count < CorrelationLimits.MaxRelatedKept)
        {
            _counts[id] = 1;
        }
        else
        {
            IsCut = true;
        }
    }
}
