using Observe.Query.Search;

namespace Observe.Query.Fields;

/// <summary>The fields of the records that a query finds.</summary>
/// <param name="Fields">Where not all records were looked at: also those that are known of the days asked about and that none of these has, if nothing is filtered.</param>
/// <param name="Sample">What the figures are of.</param>
/// <param name="Notices">What the user should know.</param>
public sealed record FieldUsages(SearchSignal Signal, IReadOnlyList<FieldUsage> Fields, RecordSample Sample, IReadOnlyList<string> Notices);
