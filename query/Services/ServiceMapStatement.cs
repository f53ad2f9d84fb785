using Observe.Query.Compilation;
using Observe.Query.Time;
using Observe.Storage.Engine;

namespace Observe.Query.Services;

/// <summary>The statement of the service map: every span as a caller, joined to the spans of those who serve it.</summary>
/// <remarks>
/// A caller's span is looked for in the five minutes before the range too, for it begins before what it calls, and who serves it in those after.
/// <code>
/// callers (all spans: key of trace and span id) ──LEFT JOIN── callees (server and consumer spans: key of trace and parent id)
///    found, in another service       an edge between two services, with the callee's figures and the addresses that its callers call it by
///    found, in the same service      nothing: what happens within a service is no edge
///    not found, client or producer   an edge to whatever its attributes name, with the caller's figures
/// </code>
/// </remarks>
internal static class ServiceMapStatement
{
    private const long MarginNs = 300_000_000_000;

    // The names of the semantic conventions now, then those before 1.21 that many senders still have.
    private static readonly string Database = First("db.system.name", "db.system");
    private static readonly string Queue = First("messaging.system");
    private static readonly string Address = First("peer.service", "server.address", "net.peer.name");

    public static SqlStatement Of(TimeRange range, SpanSample sample)
    {
        var parameters = new ParameterBag();
        string from = parameters.AddTime(range.From);
        string to = parameters.AddTime(range.To);
        string callers = SearchCompiler.TimeCondition(parameters, range with { From = Math.Max(range.From, long.MinValue + MarginNs) - MarginNs });
        string callees = SearchCompiler.TimeCondition(parameters, range with { To = Math.Min(range.To, long.MaxValue - MarginNs) + MarginNs });
        string sampled = sample.Condition(parameters);
        string sql = $"""
            SELECT Caller, Callee, PeerType, PeerSystem, PeerName, count() AS Requests, countIf(IsError) AS Errors,
              arrayMap(q -> toFloat64(q), quantilesTDigest(0.5, 0.95, 0.99)(Duration)) AS Quantiles,
              groupUniqArrayIf(20)(PeerAddress, Callee != '' AND PeerAddress != '') AS Addresses
            FROM
            (
              SELECT callers.Service AS Caller, callees.Service AS Callee, callers.Address AS PeerAddress,
                if(callees.IsFound, callees.IsFailed, callers.IsFailed) AS IsError, if(callees.IsFound, callees.Took, callers.Took) AS Duration,
                if(callees.IsFound, '', callers.Type) AS PeerType, if(callees.IsFound, '', callers.System) AS PeerSystem,
                if(callees.IsFound, '', callers.Peer) AS PeerName
              FROM
              (
                SELECT cityHash64(TraceId, SpanId) AS Key, Timestamp AS Time, toString(ServiceName) AS Service, DurationNs AS Took,
                  StatusCode = 'error' AS IsFailed, Kind IN ('client', 'producer') AS IsCall,
                  if(IsCall, {Database}, '') AS DatabaseSystem, if(IsCall, {Queue}, '') AS QueueSystem, if(IsCall, {Address}, '') AS Address,
                  if(DatabaseSystem != '', DatabaseSystem, QueueSystem) AS System, if(Address != '', Address, System) AS Peer,
                  multiIf(DatabaseSystem != '', 'database', QueueSystem != '', 'messaging', 'external') AS Type
                FROM spans
                WHERE {callers}{sampled}
              ) AS callers
              LEFT JOIN
              (
                SELECT cityHash64(TraceId, ParentSpanId) AS Key, 1 AS IsFound, Timestamp AS Time, toString(ServiceName) AS Service, DurationNs AS Took,
                  StatusCode = 'error' AS IsFailed
                FROM spans
                WHERE {callees} AND Kind IN ('server', 'consumer')
                  AND ParentSpanId != toFixedString('', 8){sampled}
              ) AS callees
              ON callers.Key = callees.Key
              WHERE if(callees.IsFound, callees.Time < {to} AND callees.Service != callers.Service,
                callers.IsCall AND callers.Peer != '' AND callers.Time >= {from})
            )
            GROUP BY Caller, Callee, PeerType, PeerSystem, PeerName
            """;
        return new SqlStatement(sql, parameters.Parameters, QueryLimits.Settings);
    }

    /// <summary>The first of these attributes that is a text with something in it, or an empty text.</summary>
    private static string First(params string[] names) =>
        $"coalesce({string.Join(", ", names.Select(name => $"nullIf(Attributes.{SqlText.QuoteIdentifier(name)}.:String, '')"))}, '')";
}
