namespace Observe.Query.PromQL.Evaluation;

/// <summary>A range vector on a grid: series with their samples, of which each time of the grid sees those in the window that ends then.</summary>
/// <param name="Series">With the samples of all windows.</param>
/// <param name="Ends">Where the windows end: the grid's times, moved by what offset and @ say.</param>
/// <param name="Length">Of each window, in nanoseconds; its start is no part of it.</param>
/// <param name="IsConstant">Whether there is one window for all times of the grid, because of an @.</param>
internal sealed record WindowedSeries(IReadOnlyList<SampledSeries> Series, Grid Ends, long Length, bool IsConstant);
