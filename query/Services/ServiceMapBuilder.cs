namespace Observe.Query.Services;

/// <summary>From the statement's rows to nodes and edges.</summary>
/// <remarks>
/// A call that no span answers goes to something that sends no spans, or to a service whose span was lost. Where the address that was called leads to one
/// service, by the calls that were answered, it is the latter.
/// </remarks>
internal static class ServiceMapBuilder
{
    /// <param name="scale">By how much counts are multiplied.</param>
    public static (IReadOnlyList<ServiceMapNode> Nodes, IReadOnlyList<ServiceMapEdge> Edges) Build(IReadOnlyList<ServiceMapRow> rows, double scale)
    {
        Dictionary<string, string> services = ServicesByAddress(rows);
        var edges = new Dictionary<(ServiceMapNode, ServiceMapNode), ServiceMapEdge>();

        // Answered calls first, so that an edge's durations are the callee's where there are any.
        foreach (ServiceMapRow row in rows.OrderBy(row => row.Callee.Length == 0))
        {
            bool answered = row.Callee.Length > 0;
            ServiceMapNode caller = Service(row.Caller);
            ServiceMapNode callee = answered ? Service(row.Callee)
                : row.PeerType != ServiceNodeType.Database && services.TryGetValue(row.PeerName, out string? service) ? Service(service)
                : new ServiceMapNode(row.PeerName, row.PeerType, row.PeerSystem);
            if (caller == callee)
            {
                continue;
            }

            long requests = Scale(row.Requests);
            long without = !answered && callee.Type == ServiceNodeType.Service ? requests : 0;
            edges[(caller, callee)] = edges.TryGetValue((caller, callee), out ServiceMapEdge? edge)
                ? edge with { Requests = edge.Requests + requests, Errors = edge.Errors + Scale(row.Errors), WithoutSpan = edge.WithoutSpan + without }
                : new ServiceMapEdge(caller, callee, requests, Scale(row.Errors), without, row.Quantiles[0], row.Quantiles[1], row.Quantiles[2]);
        }

        return (
            [.. edges.Values.SelectMany(edge => new[] { edge.Caller, edge.Callee }).Distinct()
                .OrderBy(node => node.Type).ThenBy(node => node.Name, StringComparer.Ordinal).ThenBy(node => node.System, StringComparer.Ordinal)],
            [.. edges.Values.OrderBy(edge => edge.Caller.Name, StringComparer.Ordinal).ThenBy(edge => edge.Callee.Type)
                .ThenBy(edge => edge.Callee.Name, StringComparer.Ordinal).ThenBy(edge => edge.Callee.System, StringComparer.Ordinal)]);

        long Scale(long count) => (long)Math.Round(count * scale);
    }

    /// <summary>The addresses that lead to one service only. A gateway's or a queue's lead to several, and stay what they are.</summary>
    private static Dictionary<string, string> ServicesByAddress(IReadOnlyList<ServiceMapRow> rows) => rows
        .SelectMany(row => row.Addresses.Select(address => (Address: address, Service: row.Callee)))
        .Concat(rows.SelectMany(row => new[] { row.Caller, row.Callee }).Where(name => name.Length > 0).Select(name => (Address: name, Service: name)))
        .Distinct()
        .GroupBy(pair => pair.Address, StringComparer.Ordinal)
        .Where(group => group.Count() == 1)
        .ToDictionary(group => group.Key, group => group.Single().Service, StringComparer.Ordinal);

    private static ServiceMapNode Service(string name) => new(name, ServiceNodeType.Service, "");
}
