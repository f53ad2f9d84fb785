namespace Observe.Query.Language;

/// <summary>What other programs call the fields that have another name here or in the semantic conventions.</summary>
internal static class FieldSynonyms
{
    private static readonly Dictionary<string, string[]> ByName = Invert(
    [
        (["severity"], ["level", "lvl", "loglevel", "log_level", "log.level", "sev", "priority"]),
        (["body"], ["message", "msg", "text", "line", "log"]),
        (["service"], ["svc", "app", "application", "service_name", "servicename"]),
        (["timestamp"], ["time", "ts", "date", "datetime", "@timestamp"]),
        (["duration"], ["latency", "elapsed", "took", "duration_ms", "duration_ns"]),
        (["name"], ["operation", "operation_name", "span_name", "span.name"]),
        (["parent_span_id"], ["parent", "parent_id", "parentid"]),
        (["http.response.status_code", "http.status_code"], ["status_code", "statuscode", "http.status_code", "http.status", "http_status", "http.code"]),
        (["http.request.method", "http.method"], ["method", "verb", "http.method", "http_method"]),
        (["http.route", "url.path"], ["route", "endpoint", "path", "url", "uri"]),
        (["last_day"], ["last_seen", "lastseen", "last_seen_at"]),
        (["host.name"], ["host", "hostname"]),
    ]);

    /// <summary>The names that may be meant, the likeliest first; not all of them need be there.</summary>
    public static IReadOnlyList<string> Of(string name) => ByName.TryGetValue(name, out string[]? meant) ? meant : [];

    private static Dictionary<string, string[]> Invert((string[] Meant, string[] Written)[] synonyms) => synonyms
        .SelectMany(each => each.Written.Select(written => KeyValuePair.Create(written, each.Meant)))
        .ToDictionary(StringComparer.OrdinalIgnoreCase);
}
