using Observe.Query.PromQL.Evaluation;

namespace Observe.Query.PromQL.Selection.Targets;

/// <summary>A series of <see cref="TargetInfo"/>.</summary>
/// <param name="Labels">With the name.</param>
/// <param name="Days">On which it is there, in days since 1970, in order.</param>
internal sealed record Target(Labels Labels, IReadOnlyList<ushort> Days);
