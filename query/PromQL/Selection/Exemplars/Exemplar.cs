using Observe.Query.PromQL.Evaluation;

namespace Observe.Query.PromQL.Selection.Exemplars;

/// <summary>One measurement of those that a point adds up, with the trace in which it was made.</summary>
/// <param name="Labels"><c>trace_id</c> and <c>span_id</c> in hexadecimal digits, and the attributes that the series does not have.</param>
/// <param name="Value">What was measured.</param>
/// <param name="Time">In nanoseconds since 1970.</param>
public sealed record Exemplar(Labels Labels, double Value, long Time);

/// <summary>The exemplars of a series.</summary>
/// <param name="Labels">Those of the series; of a histogram's <c>_bucket</c> with the <c>le</c> of the bucket.</param>
/// <param name="Exemplars">In the order of their times.</param>
public sealed record ExemplarSeries(Labels Labels, IReadOnlyList<Exemplar> Exemplars);

/// <summary>The exemplars of a query.</summary>
/// <param name="Series">Those that have any.</param>
/// <param name="IsCut">Whether there are more; then these are the latest.</param>
public sealed record ExemplarAnswer(IReadOnlyList<ExemplarSeries> Series, bool IsCut);
