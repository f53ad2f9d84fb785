using Observe.Query.PromQL.Language;

namespace Observe.Query.PromQL.Evaluation.Aggregations;

/// <summary>min, max, count, group, stddev and stdvar: from a few numbers for each time. Histograms are left out, all but for counting.</summary>
internal sealed class NumberFold(AggregationOperator aggregation, int count) : GroupFold
{
    private readonly long[] _counts = new long[count];
    private readonly double[] _values = new double[count];
    private readonly KahanSum[] _means = aggregation is AggregationOperator.StdDev or AggregationOperator.StdVar ? new KahanSum[count] : [];
    private readonly KahanSum[] _squares = aggregation is AggregationOperator.StdDev or AggregationOperator.StdVar ? new KahanSum[count] : [];

    /// <summary>Whether there were histograms that were left out.</summary>
    public bool HasLeftOut { get; private set; }

    private bool CountsAll => aggregation is AggregationOperator.Count or AggregationOperator.Group;

    public override void Add(Series series)
    {
        for (int step = 0; step < count; step++)
        {
            double value = series.Values[step];
            if (StaleMarker.Is(value))
            {
                if (series.Histograms?[step] is not null)
                {
                    _counts[step] += CountsAll ? 1 : 0;
                    HasLeftOut |= !CountsAll;
                }

                continue;
            }

            Add(step, value, ++_counts[step]);
        }
    }

    public override Series Build(Labels labels)
    {
        double[] values = GridValues.None(count);
        for (int step = 0; step < count; step++)
        {
            if (_counts[step] > 0)
            {
                values[step] = Result(step);
            }
        }

        return new Series(labels, values);
    }

    private void Add(int step, double value, long soFar)
    {
        switch (aggregation)
        {
            // NaN is replaced by any number: it is smaller than none and larger than none.
            case AggregationOperator.Min when soFar == 1 || value < _values[step] || double.IsNaN(_values[step]):
            case AggregationOperator.Max when soFar == 1 || value > _values[step] || double.IsNaN(_values[step]):
                _values[step] = value;
                break;
            case AggregationOperator.StdDev or AggregationOperator.StdVar:
                // Welford's: the squares of distances from a mean that moves.
                double distance = value - _means[step].Value;
                _means[step] += distance / soFar;
                _squares[step] += distance * (value - _means[step].Value);
                break;
        }
    }

    private double Result(int step) => aggregation switch
    {
        AggregationOperator.Min or AggregationOperator.Max => _values[step],
        AggregationOperator.Count => _counts[step],
        AggregationOperator.Group => 1,
        AggregationOperator.StdVar => _squares[step].Value / _counts[step],
        AggregationOperator.StdDev => Math.Sqrt(_squares[step].Value / _counts[step]),
        _ => throw new InvalidOperationException($"{aggregation} is not computed here."),
    };
}
