namespace Observe.Query.Cardinality;

/// <summary>A metric, an attribute of one, or a value of that.</summary>
/// <param name="Name">The metric's or the attribute's name, or the value as text.</param>
/// <param name="Count">Series of a metric or value; distinct values of an attribute.</param>
/// <param name="Series">Of an attribute: the series that have it, in all days of the range; otherwise null.</param>
/// <param name="Share">What the last day uses of the limit, 1 being all; null for values, and where there is no limit or this process does not know it.</param>
/// <param name="RefusedPoints">Points in the range that were refused because the limit was reached.</param>
public sealed record CardinalityRow(string Name, Growth Count, long? Series, double? Share, long RefusedPoints);
