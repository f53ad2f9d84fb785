namespace Observe.Query.Search;

/// <summary>A column of an answer.</summary>
/// <param name="Name">In the language, as a query would name it.</param>
/// <param name="Type">
/// <c>string</c>, <c>int</c>, <c>double</c>, <c>bool</c>, <c>time</c>, <c>duration</c> (nanoseconds), <c>array</c>, <c>object</c>, or <c>any</c> where values
/// have the type that each was sent with.
/// </param>
public sealed record ResultField(string Name, string Type);
