using Observe.Query.Search;

namespace Observe.Query.Fields;

/// <summary>A field's values.</summary>
/// <param name="Values">The most frequent ones, the most frequent first.</param>
/// <param name="Records">How many of the records that were looked at have the field.</param>
/// <param name="Distinct">How many values it has in them that begin as asked.</param>
/// <param name="Sample">What the figures are of.</param>
/// <param name="Notices">What the user should know.</param>
public sealed record FieldValues(
    SearchSignal Signal, IReadOnlyList<FieldValue> Values, long Records, long Distinct, RecordSample Sample, IReadOnlyList<string> Notices);
