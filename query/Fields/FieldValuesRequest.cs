namespace Observe.Query.Fields;

/// <summary>A question about the values of a field.</summary>
/// <param name="Records">Whose.</param>
/// <param name="Name">The field's, as it was sent.</param>
/// <param name="Source">As <see cref="FieldInfo.Source"/>; null to take the name as a query would.</param>
/// <param name="Limit">At most so many values.</param>
/// <param name="Prefix">How the values begin as text, in any case; empty for all.</param>
public sealed record FieldValuesRequest(FieldsRequest Records, string Name, string? Source, int Limit, string Prefix = "");
