namespace Observe.Query.Tail;

/// <summary>What a viewer wants to see.</summary>
/// <param name="Query">A filter in the search language; empty for every log.</param>
/// <param name="Rate">Records a second; more are passed over, and it is said how many.</param>
/// <param name="After">The position of the last batch that was seen (<see cref="TailBatch.Position"/>); null to begin now.</param>
public sealed record TailRequest(string Query, int Rate, long? After = null);
