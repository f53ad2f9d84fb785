namespace Observe.Query.PromQL.Evaluation.Aggregations;

/// <summary>quantile: keeps the numbers of each time.</summary>
/// <param name="levels">0 to 1 for each time; beyond, the result is infinite.</param>
internal sealed class QuantileFold(double[] levels) : GroupFold
{
    private readonly List<Series> _series = [];

    public override void Add(Series series) => _series.Add(series);

    public override Series Build(Labels labels)
    {
        double[] values = GridValues.None(levels.Length);
        double[] present = new double[_series.Count];
        for (int step = 0; step < levels.Length; step++)
        {
            int found = 0;
            foreach (Series series in _series)
            {
                if (!StaleMarker.Is(series.Values[step]))
                {
                    present[found++] = series.Values[step];
                }
            }

            if (found > 0)
            {
                values[step] = Quantile.Of(levels[step], present.AsSpan(0, found));
            }
        }

        return new Series(labels, values);
    }
}
