using System.Runtime.CompilerServices;
using Observe.Query.PromQL.Language;

namespace Observe.Query.PromQL.Evaluation;

/// <summary>What samples are read for: a selector where it stands in the query, so that it moves through time with the pieces of a range.</summary>
/// <param name="Selector">Itself, not one that reads the same: that may have another window.</param>
/// <param name="Part">Which of the metrics that it means.</param>
public sealed record ReadKey(VectorSelector Selector, object Part)
{
    public bool Equals(ReadKey? other) => ReferenceEquals(Selector, other?.Selector) && Part.Equals(other.Part);

    public override int GetHashCode() => HashCode.Combine(RuntimeHelpers.GetHashCode(Selector), Part);
}
