namespace Observe.Query.Services;

/// <summary>Who calls whom in a time range.</summary>
/// <param name="Nodes">Everybody that an edge names, in order of type and name.</param>
/// <param name="Edges">In order of caller and callee.</param>
/// <param name="Sample">What the figures were taken from, where the range has too many spans for all of them; null when they are of all.</param>
/// <param name="Notices">What the user should know.</param>
public sealed record ServiceMap(
    IReadOnlyList<ServiceMapNode> Nodes, IReadOnlyList<ServiceMapEdge> Edges, ServiceMapSample? Sample, IReadOnlyList<string> Notices);
