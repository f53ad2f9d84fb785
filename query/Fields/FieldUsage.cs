namespace Observe.Query.Fields;

/// <summary>How often a field occurs in the records that were looked at.</summary>
/// <param name="Name">As it is written in a query, without a prefix.</param>
/// <param name="Source">As <see cref="FieldInfo.Source"/>.</param>
/// <param name="Types">As <see cref="FieldInfo.Types"/>.</param>
/// <param name="Records">How many of them have it.</param>
/// <param name="Distinct">How many values it has in them; an array's elements are values.</param>
/// <param name="LastSeen">Unix nanoseconds of the latest of them that has it; null if none does.</param>
/// <param name="FirstDay">The first day on which it was seen in any record; null for columns.</param>
/// <param name="LastDay">The last.</param>
public sealed record FieldUsage(
    string Name, string Source, IReadOnlyList<string> Types, long Records, long Distinct, long? LastSeen, DateOnly? FirstDay, DateOnly? LastDay);
