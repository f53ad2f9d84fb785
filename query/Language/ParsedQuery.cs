using Observe.Query.Search;

namespace Observe.Query.Language;

/// <summary>A query, understood.</summary>
/// <param name="Filter">Null when every record is wanted.</param>
public sealed record ParsedQuery(SearchSignal Signal, FilterNode? Filter);
