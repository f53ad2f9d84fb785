using Observe.Query.Time;

namespace Observe.Query.Cardinality;

/// <summary>A question about numbers of series.</summary>
/// <param name="Range">The UTC days that it touches are counted, whole.</param>
/// <param name="Metric">Null for all metrics, a row each; of one metric each attribute is a row.</param>
/// <param name="Key">Of this attribute of the metric each value is a row; needs <paramref name="Metric"/>.</param>
/// <param name="IsByGrowth">Whether the rows come by what the last day has more than the day before; otherwise by what they have.</param>
/// <param name="Limit">Rows at most.</param>
public sealed record CardinalityRequest(TimeRange Range, string? Metric, string? Key, bool IsByGrowth, int Limit);
