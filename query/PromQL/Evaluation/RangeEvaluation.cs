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

    /// <param name="expression">A scalar or an instant vector.</param>
    /// <param name="grid">All times.</param>
    public async Task<Value> EvaluateAsync(Expression expression, Grid grid)
    {
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = new List<Task<Piece>>();
        try
        {
            int done = Math.Min(FirstPiece, grid.Count);
            Piece last = await EvaluateAsync(expression, grid, 0, done, giveUp.Token);
            while (done < grid.Count || running.Count > 0)
            {
                while (done < grid.Count && running.Count < AtOnce(last))
                {
                    int length = Length(grid.Count - done, AtOnce(last) - running.Count, last);
                    running.Add(EvaluateAsync(expression, grid, done, length, giveUp.Token));
                    done += length;
                }

                Task<Piece> ended = await Task.WhenAny(running);
                last = await ended;
                running.Remove(ended);
            }
        }
        catch
        {
            // Whoever asked is told when nothing of the question runs any more.
            await giveUp.CancelAsync();
            await ((Task)Task.WhenAll(running)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }

        return _scalar is not null
            ? new ScalarValue(_scalar)
            : new VectorValue([.. _series.Select(series => new Series(series.Key, series.Value.Values, series.Value.Histograms))]);
    }

    /// <summary>How many pieces are evaluated at once: one, where a single time has more samples than a piece should, because of long windows.</summary>
    private int AtOnce(Piece last) => last.Samples > 2 * SamplesPerPiece ? 1 : _pieces;

    /// <summary>As many times as take the samples of a piece, as far as the last one tells; never many more than it had.</summary>
    /// <param name="left">Times that are left.</param>
    /// <param name="free">Pieces that may begin now.</param>
    /// <param name="last">The piece that ended last.</param>
    private static int Length(int left, int free, Piece last)
    {
        long fitting = last.Samples == 0 ? left : last.Length * SamplesPerPiece / last.Samples;
        int share = (left + free - 1) / free;
        return (int)Math.Clamp(Math.Min(fitting, last.Length * 16L), 1, share);
    }

    private async Task<Piece> EvaluateAsync(Expression expression, Grid grid, int from, int length, CancellationToken giveUp)
    {
        var counted = new CountingSource(source);
        using var memory = new SampleMemory();
        Value value = await new Evaluator(counted, settings, memory, log, giveUp).EvaluateAsync(expression, new Grid(grid[from], grid.Step, length));
        lock (_series)
        {
            Keep(value, from, grid.Count);
        }

        return new Piece(length, counted.Samples);
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

    /// <summary>A piece that was evaluated.</summary>
    /// <param name="Length">Its times.</param>
    /// <param name="Samples">Those that it read.</param>
    private sealed record Piece(int Length, long Samples);
}
