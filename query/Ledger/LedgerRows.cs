using Observe.Query.Compilation;

namespace Observe.Query.Ledger;

/// <summary>The rows of an answer while they are put together.</summary>
internal sealed class LedgerRows
{
    private readonly Dictionary<string, LedgerRow> _rows = new(StringComparer.Ordinal);

    public LedgerCounts Total { get; } = new();

    /// <summary>The counts of a combination of keys, made when it is first asked for.</summary>
    /// <exception cref="ResultLimitException">There are too many.</exception>
    public LedgerCounts this[string?[] keys]
    {
        get
        {
            // Lengths tell where a key ends: keys hold whatever senders sent.
            string identity = string.Concat(keys.Select(key => key is null ? "-;" : $"{key.Length};{key}"));
            if (_rows.TryGetValue(identity, out LedgerRow? row))
            {
                return row.Counts;
            }

            if (_rows.Count == QueryLimits.MaxRecords)
            {
                throw new ResultLimitException(
                    $"The ledger has more than {QueryLimits.MaxRecords} rows for this question. Narrow the time range or group by less.");
            }

            row = new LedgerRow(keys, new LedgerCounts());
            _rows.Add(identity, row);
            return row.Counts;
        }
    }

    public IReadOnlyList<LedgerRow> Sorted()
    {
        List<LedgerRow> rows = [.. _rows.Values];
        rows.Sort(static (a, b) => a.Keys.Zip(b.Keys, Compare).FirstOrDefault(order => order != 0));
        return rows;
    }

    private static int Compare(string? a, string? b) => (a, b) switch
    {
        (null, null) => 0,
        (null, _) => 1,
        (_, null) => -1,
        _ => string.CompareOrdinal(a, b),
    };
}
