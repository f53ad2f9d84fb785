using System.Diagnostics.CodeAnalysis;
using Observe.Query.Compilation;

namespace Observe.Query.PromQL.Selection;

/// <summary>Keeps the series that a name means on some days, with their labels.</summary>
/// <remarks>
/// Which series were seen is known until one is added. Labels are known for ever, since an id is a hash of them: of what is asked for again only those of new series
/// have to be read. Entries that were not asked for longest give way to others.
/// </remarks>
/// <param name="capacity">Series of all entries together; one that several entries have counts in each.</param>
internal sealed class SeriesCache(int capacity)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<ExposedName, List<Entry>> _entries = [];
    private long _size;
    private long _uses;

    /// <summary>The series of a name on some days, if nothing was added since they were read.</summary>
    /// <param name="name">By which they are asked for.</param>
    /// <param name="days">On which they were seen.</param>
    /// <param name="state">How often was added to the series until now; null where nobody knows.</param>
    /// <param name="series">By their ids, ascending.</param>
    public bool TryGet(ExposedName name, DayRange days, long? state, [NotNullWhen(true)] out IReadOnlyList<MetricSeries>? series)
    {
        lock (_lock)
        {
            Entry? known = _entries.GetValueOrDefault(name)?.Find(entry => entry.Days == days);
            if (known is null || state is null || known.State != state)
            {
                series = null;
                return false;
            }

            known.LastUse = ++_uses;
            series = known.Series;
            return true;
        }
    }

    /// <summary>Puts series of a name that are known of any days into their places.</summary>
    /// <param name="name">By which they are asked for.</param>
    /// <param name="ids">Theirs, ascending.</param>
    /// <param name="series">Of the same length; those that are not known stay null.</param>
    public void Fill(ExposedName name, ulong[] ids, MetricSeries?[] series)
    {
        MetricSeries[][] known;
        lock (_lock)
        {
            known = [.. (_entries.GetValueOrDefault(name) ?? []).Where(entry => entry.IsWhole).Select(entry => entry.Stored)];
        }

        foreach (MetricSeries[] stored in known)
        {
            for (int place = 0, other = 0; place < ids.Length && other < stored.Length;)
            {
                if (ids[place] == stored[other].Id)
                {
                    series[place++] = stored[other++];
                }
                else if (ids[place] < stored[other].Id)
                {
                    place++;
                }
                else
                {
                    other++;
                }
            }
        }
    }

    public void Keep(ExposedName name, Entry read)
    {
        lock (_lock)
        {
            List<Entry> entries = _entries.TryGetValue(name, out List<Entry>? known) ? known : _entries[name] = [];
            if (entries.Find(entry => entry.Days == read.Days) is { } before)
            {
                if (before.State > read.State)
                {
                    return;
                }

                entries.Remove(before);
                _size -= before.Size;
            }

            read.LastUse = ++_uses;
            entries.Add(read);
            _size += read.Size;
            while (_size > capacity)
            {
                RemoveOldest();
            }
        }
    }

    private void RemoveOldest()
    {
        (ExposedName name, Entry oldest) = _entries.SelectMany(known => known.Value.Select(entry => (known.Key, entry))).MinBy(one => one.entry.LastUse);
        List<Entry> entries = _entries[name];
        entries.Remove(oldest);
        _size -= oldest.Size;
        if (entries.Count == 0)
        {
            _entries.Remove(name);
        }
    }

    /// <param name="Days">On which they were seen.</param>
    /// <param name="State">How often was added to the series before they were read; null where nobody knows.</param>
    /// <param name="Stored">By their ids, ascending, with the labels that each has by itself.</param>
    /// <param name="Series">The same with labels that tell them apart.</param>
    /// <param name="IsWhole">Whether all that their labels are made of was stored already.</param>
    internal sealed record Entry(DayRange Days, long? State, MetricSeries[] Stored, IReadOnlyList<MetricSeries> Series, bool IsWhole)
    {
        /// <summary>In series; that there are none is something to keep too.</summary>
        public int Size => Stored.Length + 1;

        public long LastUse { get; set; }
    }
}
