namespace Observe.Query.Execution;

/// <summary>The reading of a table in a plan, and what its indexes skip, one after the other.</summary>
/// <param name="Table">With its database.</param>
public sealed record TableRead(string Table, IReadOnlyList<IndexUse> Indexes)
{
    public long TotalParts => Indexes.Count == 0 ? 0 : Indexes[0].InitialParts;

    public long SelectedParts => Indexes.Count == 0 ? 0 : Indexes[^1].SelectedParts;

    /// <summary>A granule has 8,192 rows, or fewer large ones.</summary>
    public long TotalGranules => Indexes.Count == 0 ? 0 : Indexes[0].InitialGranules;

    public long SelectedGranules => Indexes.Count == 0 ? 0 : Indexes[^1].SelectedGranules;
}
