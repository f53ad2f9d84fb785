using Observe.Query.PromQL.Evaluation;

namespace Observe.Query.PromQL.Selection;

/// <summary>A series as it is stored.</summary>
/// <param name="Id">By which its points refer to it.</param>
/// <param name="IsDelta">Whether its points are increments.</param>
/// <param name="Labels">With the name by which it was asked for.</param>
internal sealed record MetricSeries(ulong Id, bool IsDelta, Labels Labels);
