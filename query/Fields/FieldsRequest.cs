using Observe.Query.Search;
using Observe.Query.Time;

namespace Observe.Query.Fields;

/// <summary>A question about the fields of records.</summary>
/// <param name="Query">Text in the search language, of which the filter counts.</param>
/// <param name="Signal">What it is about; null for what the query says.</param>
/// <param name="Range">The time in which records lie.</param>
public sealed record FieldsRequest(string Query, SearchSignal? Signal, TimeRange Range);
