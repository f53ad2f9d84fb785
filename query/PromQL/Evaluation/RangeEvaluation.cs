using Observe.Query.PromQL.Histograms;
using Observe.Query.PromQL.Language;

namespace Observe.Query.PromQL.Evaluation;

/// <summary>Evaluates a range piece by piece: a day of ten thousand series has more samples than memory should hold at once.</summary>
/// <remarks>
/// Each time of a grid is evaluated by itself, so that a range may be cut anywhere. The first piece is short, and tells how many samples a time takes; the others
/// are as long as their samples allow. A few workers each evaluate piece after piece (<see cref="GridShares"/>), so that one computes while another reads, and
/// a piece finds what the one before it has read of its samples (<see cref="ReadSamples"/>).
/// </remarks>
/// <param name="source">Where samples are from.</param>
/// <param name="settings">Of the whole range.</param>
/// <param name="log">Takes what the user should know.</param>
/// <param name="cancellationToken">Gives up.</param>
internal sealed class RangeEvaluation(IMetricSource source, EvaluationSettings settings, AnnotationLog log, CancellationToken cancellationToken)
{
    /// <summary>Samples of one piece: 48 MB, which are there up to three times, as they arrive, in order and of the piece before.</summary>
    private const long SamplesPerPiece = 3_000_000;

    /// <summary>Times of the first piece.</summary>
    private const int FirstPiece = 8;

    /// <summary>Values of a result: 160 MB. A screen shows a hundredth of it.</summary>
    private const long MaxValues = 20_000_000;

    private readonly int _workers = Math.Clamp(Environment.ProcessorCount, 1, 4);
    private readonly Dictionary<Labels, (double[] Values, FloatHistogram?[]? Histograms)> _series = [];
    private double[]? _scalar;

    /// <param name="expression">A scalar or an instant vector.</param>
    /// <param name="grid">All times.</param>
    public async Task<Value> EvaluateAsync(Expression expression, Grid grid)
    {
        EvaluatedPiece first = await BeginAsync(expression, grid);
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var shares = new GridShares(first.Count, grid.Count, Workers(first));
        Task[] working = [.. Enumerable.Range(0, shares.Workers).Select(worker =>
            Task.Run(() => WorkAsync(expression, grid, shares, worker, worker == 0 ? first : first with { Memory = null }, giveUp), CancellationToken.None))];

        // Whoever asked is told of an error when nothing of the question runs any more.
        await Task.WhenAll(working).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await (working.FirstOrDefault(task => task.IsFaulted) ?? Task.WhenAll(working));
        return _scalar is not null
            ? new ScalarValue(_scalar)
            : new VectorValue([.. _series.Select(series => new Series(series.Key, series.Value.Values, series.Value.Histograms))]);
    }

    /// <summary>How many pieces are evaluated at once: one, where a single time has more samples than a piece should, because of long windows.</summary>
    private int Workers(EvaluatedPiece first) => first.Samples > 2 * SamplesPerPiece ? 1 : _workers;

    /// <summary>As many times as take the samples of a piece, as far as the last one tells; never many more than it had.</summary>
    private static int Length(EvaluatedPiece last)
    {
        long most = last.Count * 16L, fitting = last.Samples == 0 ? most : last.Count * SamplesPerPiece / last.Samples;
        return (int)Math.Clamp(Math.Min(fitting, most), 1, int.MaxValue);
    }

    private async Task<EvaluatedPiece> BeginAsync(Expression expression, Grid grid)
    {
        var piece = new GridPiece(0, Math.Min(FirstPiece, grid.Count), IsFollowed: grid.Count > FirstPiece);
        while (true)
        {
            try
            {
                return await EvaluateAsync(expression, grid, piece, before: null, cancellationToken);
            }
            catch (TooManySamplesException) when (piece.Count > 1 || piece.IsFollowed)
            {
                // Of long windows, or of times far from each other, one may be enough.
                piece = new GridPiece(0, Shorter(piece.Count), IsFollowed: piece.Count > 1);
            }
        }
    }

    private static int Shorter(int count) => (count + 3) / 4;

    private async Task WorkAsync(Expression expression, Grid grid, GridShares shares, int worker, EvaluatedPiece last, CancellationTokenSource giveUp)
    {
        try
        {
            int length = Length(last);
            bool isAlone = false;
            while (shares.Take(worker, length) is { } piece)
            {
                try
                {
                    EvaluatedPiece ended = await EvaluateAsync(expression, grid, piece with { IsFollowed = piece.IsFollowed && !isAlone }, last.Memory, giveUp.Token);
                    last.Memory?.Dispose();
                    last = ended;
                    length = Length(last);
                }
                catch (TooManySamplesException) when (piece.Count > 1 || (piece.IsFollowed && !isAlone))
                {
                    // There were fewer where the last piece was. A single time gets no more than it needs itself.
                    shares.Return(worker, piece);
                    length = Shorter(piece.Count);
                    isAlone = piece.Count == 1;
                }
            }
        }
        catch
        {
            await giveUp.CancelAsync();
            throw;
        }
        finally
        {
            last.Memory?.Dispose();
        }
    }

    private async Task<EvaluatedPiece> EvaluateAsync(Expression expression, Grid grid, GridPiece piece, SampleMemory? before, CancellationToken giveUp)
    {
        var memory = new SampleMemory(before, piece.IsFollowed);
        try
        {
            var counted = new CountingSource(source);
            var times = new Grid(grid[piece.From], grid.Step, piece.Count);
            Value value = await new Evaluator(counted, settings, memory, log, giveUp).EvaluateAsync(expression, times);
            lock (_series)
            {
                Keep(value, piece.From, grid.Count);
            }

            return new EvaluatedPiece(piece.Count, counted.Samples, memory);
        }
        catch
        {
            memory.Dispose();
            throw;
        }
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
    /// <param name="Count">Its times.</param>
    /// <param name="Samples">Those that it looked at.</param>
    /// <param name="Memory">Where they are, until the next piece has what it needs of them; null for a worker whose stretch begins elsewhere.</param>
    private readonly record struct EvaluatedPiece(int Count, long Samples, SampleMemory? Memory);
}
