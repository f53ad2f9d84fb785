namespace Observe.Query.Compilation.Targets;

/// <summary>Where values of one type are found: what is grouped to find a field's most frequent values.</summary>
/// <param name="Type">The word for the type of a value: <c>string</c>, <c>int</c>, <c>double</c>, <c>bool</c>, <c>null</c>, <c>map</c>, <c>time</c>, <c>duration</c>; <c>mixed</c> when each element of a list has its own, <c>any</c> when each single value has.</param>
/// <param name="Sql">The value, NULL where there is none; a list of values if <paramref name="IsList"/>, empty where there is none.</param>
/// <param name="IsList">Whether each record may have several values.</param>
/// <param name="Key">The column by which records refer to what has the value; null if they have it themselves.</param>
/// <param name="Table">The small table that has the value under its key.</param>
public sealed record ValueSource(string Type, string Sql, bool IsList = false, string? Key = null, string? Table = null);
