namespace Observe.Ui.Records;

/// <summary>One field of an open record.</summary>
/// <param name="Name">As it was sent.</param>
/// <param name="QueryName">As a query names it; null where a query cannot filter on it.</param>
/// <param name="Value">As it was sent, with its type.</param>
/// <param name="Note">The value in other words (a time in UTC, a duration with a unit), or null.</param>
public sealed record RecordField(string Name, string? QueryName, object? Value, string? Note = null);
