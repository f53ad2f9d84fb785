namespace Observe.Query.PromQL.Windows;

/// <summary>A function of PromQL over a range vector, for one window of one series.</summary>
/// <param name="parameter">The function's scalar, of those that have one.</param>
public delegate WindowResult WindowEvaluator(in SampleWindow window, double parameter, ref Annotations annotations);

/// <summary>The same for all windows of a grid and a series without histograms.</summary>
/// <param name="results">One for each step; a stale marker where there is none.</param>
public delegate void GridEvaluator(ReadOnlySpan<long> times, ReadOnlySpan<double> values, WindowGrid grid, Span<double> results);

/// <summary>A function over a range vector.</summary>
/// <param name="Name">Its name in PromQL.</param>
/// <param name="Evaluate">What it does with a window.</param>
/// <param name="Slide">How it does it faster on a grid, if it can.</param>
/// <param name="ReadsCounters">
/// Whether it takes its samples for a counter: increments (delta temporality) are added up before.
/// </param>
public sealed record WindowFunction(string Name, WindowEvaluator Evaluate, GridEvaluator? Slide = null, bool ReadsCounters = false);
