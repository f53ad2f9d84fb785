using Observe.Query.Execution;

namespace Observe.Query.Search;

/// <summary>What records refer to by id.</summary>
internal sealed class References(IQueryEngine engine)
{
    public ReferenceCache Resources { get; } = new(engine, "resources", "ResourceId", "''");

    public ReferenceCache Scopes { get; } = new(engine, "scopes", "ScopeId", "toString(Version)");
}
