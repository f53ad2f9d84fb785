using Observe.Storage.Engine;

namespace Observe.Query.Execution;

/// <summary>What a statement would read.</summary>
/// <param name="Reads">The tables that it reads, in the order of the plan; none for a count that the engine knows without reading.</param>
/// <param name="EstimatedRows">Rows of the granules that are left.</param>
public sealed record StatementPlan(SqlStatement Statement, IReadOnlyList<TableRead> Reads, ulong EstimatedRows);
