namespace Observe.Query.Fields;

/// <summary>A value of a field and how often there is it.</summary>
/// <param name="Value">A string, long, double, bool or null; a point in time as RFC 3339, a duration in nanoseconds, a map as JSON text.</param>
/// <param name="Type">The word for its type, which tells 5 and 5.0 and "5" apart.</param>
/// <param name="Records">How many records have it.</param>
public sealed record FieldValue(object? Value, string Type, long Records);
