using Observe.Query.PromQL.Histograms;
using Observe.Query.PromQL.Language;

namespace Observe.Query.PromQL.Evaluation;

/// <summary>Evaluates a range piece by piece: a day of ten thousand series has more samples than memory should hold at once.</summary>
/// <remarks>
/// Each time of a grid is evaluated by itself, so that a range may be cut anywhere. The first piece is short, and tells how many samples a time takes;
/// the others are as long as their samples allow, and a few are evaluated at once, so that one computes while another reads.
/// </remarks>
/// <param name="source">Where samples are from.</param>
/// <param name="settings">Of the whole range.</param>
/// <param name="log">Takes what the user should know.</param>
/// <param name="cancellationToken">Gives up.</param>
internal sealed class RangeEvaluation(IMetricSource source, EvaluationSettings settings, AnnotationLog log, CancellationToken cancellationToken)
{
    /// <summary>Samples of one piece: 64 MB.</summary>
    private const long SamplesPerPiece = 4_000_000;

    /// <summary>Times of the first piece.</summary>
    private const int FirstPiece = 8;

    /// <summary>Values of a result: 160 MB. A screen shows a hundredth of it.</summary>
    private const long MaxValues = 20_000_000;

    private readonly int _pieces = Math.Clamp(Environment.ProcessorCount, 1, 4);
    private readonly Dictionary<Labels, (double[] Values, FloatHistogram?[]? Histograms)> _series = [];
    private double[]? _scalar;
    private int _lastLength;

    /// <param name="expression">A scalar or an instant vector.</param>
    /// <param name="grid">All times.</param>
    public async Task<Value> EvaluateAsync(Expression expression, Grid grid)
    {
        int done = Math.Min(FirstPiece, grid.Count);
        long samples = await EvaluateAsync(expression, grid, 0, done);
        while (done < grid.Count)
        {
            int length = Length(grid, done, samples);
            var running = new List<Task<long>>();
            for (int piece = 0; piece < _pieces && done < grid.Count; piece++)
            {
                int count = Math.Min(length, grid.Count - done);
                running.Add(EvaluateAsync(expression, grid, done, count));
                done += count;
            }

            samples = (await Task.WhenAll(running)).Max();
        }

        return _scalar is not null
            ? new ScalarValue(_scalar)
            : new VectorValue([.. _series.Select(series => new Series(series.Key, series.Value.Values, series.Value.Histograms))]);
    }

    /// <summary>As many times as take the samples of a piece, as far as the last pieces tell; never many more than those had.</summary>
    private int Length(Grid grid, int done, long samples)
    {
        int last = Math.Max(1, _lastLength);
        long fitting = samples == 0 ? grid.Count : last * SamplesPerPiece / samples;
        int left = (grid.Count - done + _pieces - 1) / _pieces;
        return (int)Math.Clamp(Math.Min(fitting, last * 16L), 1, left);
    }

    /// <returns>How many samples were read.</returns>
    private async Task<long> EvaluateAsync(Expression expression, Grid grid, int from, int count)
    {
        _lastLength = count;
        var counted = new CountingSource(source);
        using var memory = new SampleMemory();
        Value value = await new Evaluator(counted, settings, memory, log, cancellationToken).EvaluateAsync(expression, new Grid(grid[from], grid.Step, count));
        lock (_series)
        {
            Keep(value, from, grid.Count);
        }

        return counted.Samples;
    }

    private void Keep(Value value, int from, int count)
    {
        if (value is ScalarValue scalar)
        {
            _scalar ??= new double[count];
            scalar.Values.CopyTo(_scalar, from);
            return;
        }

        foreach (Series piece in ((VectorValue)value).Series)
        {
            if (!_series.TryGetValue(piece.Labels, out (double[] Values, FloatHistogram?[]? Histograms) whole))
            {
                if ((_series.Count + 1L) * count > MaxValues)
                {
                    throw new PromQLEvaluationException(
                        $"The result has more than {MaxValues} values: aggregate the series, for example with sum by (…), or take fewer of them, a shorter range or a longer step.");
                }

                whole = (GridValues.None(count), null);
                _series.Add(piece.Labels, whole);
            }

            piece.Values.CopyTo(whole.Values, from);
            if (piece.Histograms is not null)
            {
                if (whole.Histograms is null)
                {
                    whole = whole with { Histograms = new FloatHistogram?[count] };
                    _series[piece.Labels] = whole;
                }

                piece.Histograms.CopyTo(whole.Histograms!, from);
            }
        }
    }
}
