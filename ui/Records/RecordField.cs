using Observe.Query.Language;

namespace Observe.Ui.Records;

/// <summary>One field of an open record.</summary>
/// <param name="Name">As it was sent.</param>
/// <param name="QueryName">As a query names it, apart from <paramref name="Place"/>; null where a query cannot filter on it.</param>
/// <param name="Value">As it was sent, with its type.</param>
/// <param name="Place">Where a query must look for it.</param>
/// <param name="Note">The value in other words (a time in UTC, a duration with a unit), or null.</param>
public sealed record RecordField(string Name, string? QueryName, object? Value, FieldPlace Place = FieldPlace.Any, string? Note = null)
{
    /// <summary>The query with this field's value as a filter, or as an exclusion.</summary>
    /// <exception cref="QuerySyntaxException">The query itself is wrong.</exception>
    public string AddTo(string query, bool exclude) =>
        exclude ? QueryEditor.Exclude(query, QueryName!, Value!, Place) : QueryEditor.Include(query, QueryName!, Value!, Place);
}
