namespace Observe.Query.PromQL.Evaluation.Aggregations;

/// <summary>topk and bottomk: at each time the series of a group with the largest or smallest numbers, as they are.</summary>
/// <param name="sizes">How many, for each time; never NaN.</param>
/// <param name="isTop">The largest.</param>
internal sealed class RankAggregation(double[] sizes, bool isTop)
{
    /// <summary>The chosen series, the first of the ranking first: an instant query shows them in this order.</summary>
    public IEnumerable<Series> Of(IReadOnlyList<Series> group)
    {
        double[][] kept = [.. group.Select(_ => GridValues.None(sizes.Length))];
        int[] order = new int[group.Count];
        for (int step = 0; step < sizes.Length; step++)
        {
            int size = Size(sizes[step], group.Count);
            if (size == 0)
            {
                continue;
            }

            int found = 0;
            for (int i = 0; i < group.Count; i++)
            {
                if (!StaleMarker.Is(group[i].Values[step]))
                {
                    order[found++] = i;
                }
            }

            Span<int> present = order.AsSpan(0, found);
            int current = step;
            present.Sort((x, y) => Compare(group[x].Values[current], group[y].Values[current]) is not 0 and var ranked ? ranked : x.CompareTo(y));
            foreach (int chosen in present[..Math.Min(size, found)])
            {
                kept[chosen][step] = group[chosen].Values[step];
            }
        }

        IEnumerable<int> shown = Enumerable.Range(0, group.Count);
        if (sizes.Length == 1)
        {
            shown = shown.Where(i => !StaleMarker.Is(kept[i][0])).Order(Comparer<int>.Create((x, y) => Compare(kept[x][0], kept[y][0])));
        }

        return shown.Select(i => new Series(group[i].Labels, kept[i])).Where(series => series.HasAny);
    }

    /// <summary>NaN comes last in either direction.</summary>
    private int Compare(double left, double right) =>
        double.IsNaN(left) || double.IsNaN(right) ? double.IsNaN(left).CompareTo(double.IsNaN(right))
        : isTop ? right.CompareTo(left)
        : left.CompareTo(right);

    private static int Size(double size, int most) =>
        size < 1 ? 0 : (int)Math.Min(size, most);
}
