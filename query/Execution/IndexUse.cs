namespace Observe.Query.Execution;

/// <summary>What an index left of what the one before it had left.</summary>
/// <param name="Type">The engine's word: <c>Min-Max</c>, <c>Partition</c>, <c>PrimaryKey</c> or <c>Skip</c>.</param>
/// <param name="Name">Of a skipping index; null for the others.</param>
/// <param name="Condition">What it was asked, with the values of the query; empty for a skipping index.</param>
public sealed record IndexUse(
    string Type, string? Name, string Condition, long InitialParts, long SelectedParts, long InitialGranules, long SelectedGranules);
