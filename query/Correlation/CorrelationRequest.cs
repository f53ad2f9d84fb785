using Observe.Query.Time;

namespace Observe.Query.Correlation;

/// <summary>What is asked about an id.</summary>
/// <param name="Id">The id as it was pasted: a trace, span, request, order, user, … in any spelling that <see cref="IdSpellings"/> knows.</param>
/// <param name="Range">The time in which records lie; null for all that is kept.</param>
/// <param name="Limit">At most so many records in the timeline, the latest.</param>
/// <param name="ExpandTraces">Whether the other records of the traces that these belong to are wanted, too.</param>
/// <param name="SearchText">Whether logs that have the id in their text only are wanted, too. Where no record carries it as an id they are looked for anyway.</param>
public sealed record CorrelationRequest(string Id, TimeRange? Range, int Limit, bool ExpandTraces = false, bool SearchText = false);
