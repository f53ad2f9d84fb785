using Observe.Query.Execution;
using Observe.Query.PromQL.Evaluation;
using Observe.Query.PromQL.Language;
using Observe.Query.Time;

namespace Observe.Query.PromQL;

/// <inheritdoc cref="IPromQLService"/>
internal sealed class PromQLService(IMetricStore store, TimeProvider time) : IPromQLService
{
    public async Task<PromQLAnswer> InstantAsync(string query, long time, long? lookback, CancellationToken cancellationToken)
    {
        var grid = Grid.At(time);
        using IDisposable question = Begin("query", query, grid);
        Expression expression = PromQLParser.Parse(query);
        var log = new AnnotationLog();
        using var memory = new SampleMemory();
        EvaluationSettings settings = Settings(query, grid, TimeSpan.Zero, lookback);
        var evaluator = new Evaluator(store.Open(SelectorTimes.Of(expression, grid, settings), log), settings, memory, log, cancellationToken);
        return expression.Type == ExpressionType.RangeVector
            ? new PromQLAnswer(null, Cut(await evaluator.WindowsAsync(expression, grid)), grid, log)
            : new PromQLAnswer(await evaluator.EvaluateAsync(expression, grid), null, grid, log);
    }

    public async Task<PromQLAnswer> RangeAsync(string query, Grid grid, long? lookback, CancellationToken cancellationToken)
    {
        using IDisposable question = Begin("query_range", query, grid);
        Expression expression = PromQLParser.Parse(query);
        if (expression.Type is ExpressionType.RangeVector or ExpressionType.String)
        {
            throw new PromQLException(
                $"A graph is made of numbers or instant vectors, and this is {expression.Type.Phrase()}{(expression.Type == ExpressionType.RangeVector ? ": take rate(…), or another function, of it" : "")}.",
                query, expression.Span);
        }

        var log = new AnnotationLog();
        EvaluationSettings settings = Settings(query, grid, Span(grid.Step), lookback);
        var evaluation = new RangeEvaluation(store.Open(SelectorTimes.Of(expression, grid, settings), log), settings, log, cancellationToken);
        return new PromQLAnswer(await evaluation.EvaluateAsync(expression, grid), null, grid, log);
    }

    private IDisposable Begin(string kind, string query, Grid grid) => Question.Begin($"prometheus/{kind}", time, query, new TimeRange(grid.Start, grid.End + 1));

    private static EvaluationSettings Settings(string query, Grid grid, TimeSpan step, long? lookback) => new(
        grid.Start, grid.End, new DurationEvaluator(step, Span(grid.End - grid.Start), query),
        lookback ?? EvaluationSettings.DefaultLookback, EvaluationSettings.DefaultSubqueryStep);

    private static TimeSpan Span(long nanoseconds) => TimeSpan.FromTicks(nanoseconds / TimeSpan.NanosecondsPerTick);

    /// <summary>The samples of the one window, in memory of their own.</summary>
    private static IReadOnlyList<SampledSeries> Cut(WindowedSeries windows) => [.. windows.Series.Select(series =>
        {
            (long from, long to) = (windows.Ends.Start - windows.Length, windows.Ends.Start);
            return new SampledSeries(series.Labels, series.Samples.WithoutMarkers().Within(from, to).Copy(), series.Histograms.Within(from, to));
        })
        .Where(series => series.Samples.Count + series.Histograms.Count > 0)];
}
