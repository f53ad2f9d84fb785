namespace Observe.Query.Correlation;

/// <summary>An id that records carry beside the one that was asked for.</summary>
/// <param name="Id">As it was sent, where a record of the timeline has it; otherwise in its canonical form.</param>
/// <param name="Field">A field that holds it, as in <see cref="IdField.Name"/>; null where only records outside the timeline have it.</param>
/// <param name="Records">Records that carry both.</param>
public sealed record RelatedId(string Id, string? Field, long Records);
