using Observe.Storage.Engine;

namespace Observe.Query.Correlation;

/// <summary>Everything that carries an id.</summary>
/// <param name="Spellings">What was looked for.</param>
/// <param name="Entries">In order of time; at the same time a span before its logs.</param>
/// <param name="Counts">Of all records that carry the id, also those that the limit cut off.</param>
/// <param name="Services">The services that it passed, in the order in which they saw it first.</param>
/// <param name="Fields">Where the records of the timeline carry it, the most frequent first.</param>
/// <param name="RelatedIds">The other ids of the records that carry it, the most frequent first.</param>
/// <param name="Statistics">Of all statements together.</param>
/// <param name="Notices">Which limits were hit.</param>
public sealed record CorrelationTimeline(
    IdSpellings Spellings,
    IReadOnlyList<TimelineEntry> Entries,
    CorrelationCounts Counts,
    IReadOnlyList<ServicePassage> Services,
    IReadOnlyList<IdField> Fields,
    IReadOnlyList<RelatedId> RelatedIds,
    QueryStatistics Statistics,
    IReadOnlyList<string> Notices);
