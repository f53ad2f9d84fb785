using Observe.Query.Api.Declarations;
using Observe.Query.MetricBrowser;
using Observe.Query.PromQL.Selection;

namespace Observe.Query.Api.Schemas;

/// <summary>The answers of <c>/metrics</c> below <c>/api/v1</c>.</summary>
internal static class MetricSchemas
{
    private static readonly Schema Label = Schema.Object
        .With("name", Schema.Text, "As it was sent.")
        .With("prometheusName", Schema.Text, "As PromQL has it beside Prometheus's names of the metric.")
        .With("series", Schema.Count, "Series that have it.")
        .With("values", Schema.Count, "Different values; those that are alike as texts are one.")
        .Named("MetricLabel");

    public static readonly Schema List = Schema.Object
        .With("metrics", Schema.List(Metric(Schema.List(Schema.Text).About($"Names of its series' attributes; at most {EngineMetricBrowser.MaxLabels}.")).Named("Metric")))
        .With("total", Schema.Count, "Metrics that there are, with those before offset and beyond limit.")
        .With("notices", AnswerSchemas.Notices)
        .Named("Metrics");

    public static readonly Schema Details = Schema.Object
        .With("metrics", Schema.List(Metric(Schema.List(Label)).Named("MetricDetails")))
        .With("notices", AnswerSchemas.Notices)
        .Named("MetricsOfAName");

    /// <summary>A type as the search language has it.</summary>
    public static string Word(MetricType type) => type switch
    {
        MetricType.ExponentialHistogram => "exponential_histogram",
        _ => RecordFields.Lower(type),
    };

    private static Schema Metric(Schema labels) => Schema.Object
        .With("name", Schema.Text, "As it was sent.")
        .With("type", Schema.OneOf([.. MetricTypes.Stored.Select(Word)]))
        .With("unit", Schema.Text, "In UCUM, as it was sent; empty for none.")
        .With("description", Schema.Text, "As it was sent last.")
        .With("temporalities", Schema.List(Schema.OneOf("unspecified", "delta", "cumulative")), "Those of its series.")
        .With("monotonic", Schema.Flag, "Whether it is a sum that only grows.")
        .With("prometheusNames", Schema.List(Schema.Text), "The names by which PromQL can ask for it, besides its own.")
        .With("services", Schema.List(Schema.Text), $"Who sends it; of more than {EngineMetricBrowser.MaxServices}, any so many.")
        .With("serviceCount", Schema.Count, "How many send it; an estimate above 65,536.")
        .With("seriesCount", Schema.Count)
        .With("lastDay", Schema.Date, "The last day (UTC) of those in the time range on which one of its series was seen.")
        .With(
            "lastSeen", Schema.Time.OrNull(),
            "Its latest point before the end of the time range. A list looks for it in the last quarter of an hour, and has null where there is none.")
        .With("labels", labels);
}
