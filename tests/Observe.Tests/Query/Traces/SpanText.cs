using System.Globalization;
using Observe.Query.Search;
using Observe.Tests.Query.Seeds;

namespace Observe.Tests.Query.Traces;

/// <summary>A span as OTLP/JSON, its times in milliseconds after <see cref="Seed.Base"/>.</summary>
internal static class SpanText
{
    public static string Of(
        string traceId, int id, int parent, double startMs, double durationMs, SpanKind kind = SpanKind.Internal, string name = "work",
        bool error = false, string attributes = "") =>
        string.Create(
            CultureInfo.InvariantCulture,
            $$$"""
            {"traceId":"{{{traceId}}}","spanId":"{{{Id(id)}}}","parentSpanId":"{{{(parent == 0 ? "" : Id(parent))}}}","name":"{{{name}}}","kind":{{{(int)kind}}},
            "startTimeUnixNano":"{{{Time(startMs)}}}","endTimeUnixNano":"{{{Time(startMs + durationMs)}}}","attributes":[{{{attributes}}}],"status":{"code":{{{(error ? 2 : 0)}}}}}
            """);

    public static string Attribute(string key, string value) => $$$"""{"key":"{{{key}}}","value":{"stringValue":"{{{value}}}"}}""";

    public static string Id(int id) => id.ToString("x16", CultureInfo.InvariantCulture);

    private static long Time(double ms) => Seed.Base + (long)(ms * 1e6);
}
