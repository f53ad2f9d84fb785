using Observe.Query.Api.Declarations;

namespace Observe.Query.Api.Schemas;

/// <summary>The answer of <c>/metrics/cardinality</c>.</summary>
internal static class CardinalitySchemas
{
    private static readonly Schema Day = Schema.Text.And("format", "date");

    private static readonly Schema Share = Schema.Number.And("minimum", 0).OrNull();

    private static readonly Schema Growth = Schema.Object
        .With("total", Schema.Count, "In all days of the range.")
        .With("lastDay", Schema.Count, "On the last day of the range.")
        .With("dayBefore", Schema.Count, "On the day before it, whether that is in the range or not.")
        .With("change", Schema.Integer, "lastDay less dayBefore.")
        .About("Above 65,536 an estimate, mostly within one percent.")
        .Named("Growth");

    private static readonly Schema Metric = Schema.Object
        .With("metric", Schema.Text)
        .With("series", Growth)
        .With("share", Share, "What the last day uses of the limit of series, 1 being all; null where there is none or it is not known.")
        .With("refusedPoints", Schema.Count, "Points in these days that were refused because of limits.")
        .Named("MetricCardinality");

    private static readonly Schema Key = Schema.Object
        .With("key", Schema.Text)
        .With("values", Growth)
        .With("series", Schema.Count, "Those that have the attribute, in all days of the range.")
        .With("share", Share, "What the last day uses of the limit of values.")
        .With("refusedPoints", Schema.Count)
        .Named("KeyCardinality");

    private static readonly Schema Value = Schema.Object
        .With("value", Schema.Text)
        .With("series", Growth)
        .Named("ValueCardinality");

    public static readonly Schema Cardinality = Schema.Object
        .With("days", Schema.Object.With("from", Day).With("to", Day), "The first and the last UTC day that is counted.")
        .With(
            "limits",
            Schema.Object.With("seriesPerMetric", Schema.Count.OrNull()).With("valuesPerKey", Schema.Count.OrNull()),
            "Of one day; null for no limit, and in a process without ingest.")
        .With("series", Growth, "Of all metrics, or of the one that was asked about.")
        .With("refusedPoints", Schema.Count)
        .With("count", Schema.Count, "Rows there are without the limit.")
        .WithOptional("metrics", Schema.List(Metric), "Where no metric was named.")
        .WithOptional("keys", Schema.List(Key), "The attributes of the metric that was named.")
        .WithOptional("values", Schema.List(Value), "The values of the attribute that was named.")
        .With("notices", AnswerSchemas.Notices)
        .Named("Cardinality");
}
