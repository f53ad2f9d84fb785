using Observe.Query.PromQL.Evaluation;

namespace Observe.Query.PromQL;

/// <summary>What a PromQL query came to.</summary>
/// <param name="Value">Its value on the grid; null where it is a range vector.</param>
/// <param name="Samples">The samples of a range vector's window, as they were taken; null for others.</param>
/// <param name="Grid">The times.</param>
/// <param name="Annotations">What the user should know besides.</param>
public sealed record PromQLAnswer(Value? Value, IReadOnlyList<SampledSeries>? Samples, Grid Grid, AnnotationLog Annotations);
