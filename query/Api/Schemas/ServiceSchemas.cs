using Observe.Query.Api.Declarations;

namespace Observe.Query.Api.Schemas;

/// <summary>The answers of <c>/services</c> and <c>/service-map</c>.</summary>
internal static class ServiceSchemas
{
    private static readonly Schema Node = Schema.Object
        .With("name", Schema.Text, "Of the service, or the address at which it is called.")
        .With("type", Schema.OneOf("service", "database", "messaging", "external"))
        .With("system", Schema.Text, "Such as postgresql or kafka; empty where its callers do not say.")
        .Named("ServiceNode");

    public static readonly Schema Services = Schema.Object
        .With("services", Schema.List(Figures(Schema.Object.With("name", Schema.Text), Schema.Number.OrNull())
            .With("logs", Schema.Count)
            .About("From its server and consumer spans, or all its spans where it has none of these; durations are null without spans.")
            .Named("Service")))
        .Named("Services");

    public static readonly Schema Map = Schema.Object
        .With("nodes", Schema.List(Node))
        .With("edges", Schema.List(Figures(Schema.Object.With("caller", Node).With("callee", Node), Schema.Number)
            .With("withoutSpan", Schema.Count, "Calls to a service whose span of them is not stored; they are in requests.")
            .Named("ServiceEdge")))
        .With(
            "sample",
            Schema.Object.With("spansInRange", Schema.Count).With("spansRead", Schema.Count).With("way", Schema.Text, "How they were chosen.").OrNull(),
            "The part of the spans that was read, where there are too many; counts are scaled. null when all were.")
        .With("notices", AnswerSchemas.Notices)
        .Named("ServiceMap");

    private static Schema Figures(Schema schema, Schema milliseconds) => schema
        .With("requests", Schema.Count)
        .With("requestsPerSecond", Schema.Number)
        .With("errors", Schema.Count, "Of these, those with status error.")
        .With("errorRate", Schema.Number, "From 0 to 1.")
        .With("p50Ms", milliseconds)
        .With("p95Ms", milliseconds)
        .With("p99Ms", milliseconds);
}
