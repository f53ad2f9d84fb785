namespace Observe.Query.PromQL.Evaluation;

/// <summary>Brings samples into the order of time.</summary>
internal static class SampleOrder
{
    /// <summary>Sorts in place. Of several at one time the last stays.</summary>
    /// <returns>How many stay, at the beginning.</returns>
    public static int Restore<T>(Span<long> times, Span<T> values)
    {
        long[] unordered = times.ToArray();
        T[] unorderedValues = values.ToArray();
        int[] order = [.. Enumerable.Range(0, unordered.Length)];
        Array.Sort(order, (left, right) => unordered[left] != unordered[right] ? unordered[left].CompareTo(unordered[right]) : left.CompareTo(right));
        int count = 0;
        for (int i = 0; i < order.Length; i++)
        {
            if (i + 1 == order.Length || unordered[order[i]] != unordered[order[i + 1]])
            {
                (times[count], values[count]) = (unordered[order[i]], unorderedValues[order[i]]);
                count++;
            }
        }

        return count;
    }
}
