using Observe.Query.Search;

namespace Observe.Query.Fields;

/// <summary>A field that records have, as the catalogue knows it.</summary>
/// <param name="Name">As it is written in a query, without a prefix.</param>
/// <param name="Source"><c>column</c>, <c>attribute</c>, <c>resource</c>, <c>scope</c> or <c>body</c>.</param>
/// <param name="Types">Types seen: <c>string</c>, <c>int</c>, <c>double</c>, <c>bool</c>, <c>array</c>, …</param>
public sealed record FieldInfo(SearchSignal Signal, string Name, string Source, IReadOnlyList<string> Types)
{
    /// <summary>The first day (UTC) on which a record that is kept has it; null for columns.</summary>
    public DateOnly? FirstDay { get; init; }

    /// <summary>The last day (UTC) on which a record has it; null for columns.</summary>
    public DateOnly? LastDay { get; init; }
}
