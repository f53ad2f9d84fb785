namespace Observe.Query.Search;

/// <summary>The counts of one severity or status.</summary>
/// <param name="Name">For logs <c>unset</c>, <c>trace</c>, <c>debug</c>, <c>info</c>, <c>warn</c>, <c>error</c> or <c>fatal</c>; for spans <c>unset</c>, <c>ok</c> or <c>error</c>.</param>
/// <param name="Counts">One for each bin.</param>
public sealed record HistogramSeries(string Name, IReadOnlyList<long> Counts);
