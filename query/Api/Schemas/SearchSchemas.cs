using Observe.Query.Api.Declarations;

namespace Observe.Query.Api.Schemas;

/// <summary>The answers of <c>/query</c>, <c>/histogram</c> and <c>/sql</c>.</summary>
internal static class SearchSchemas
{
    private static readonly Schema Rows = Schema.List(Schema.List(Schema.Any)).About("Each row has a value for each column, null where there is none.");

    public static readonly Schema Result = Schema.Object
        .With("signal", RecordSchemas.Signal)
        .With("columns", Schema.List(Schema.Object
            .With("name", Schema.Text)
            .With(
                "type",
                Schema.OneOf("string", "int", "double", "bool", "time", "duration", "array", "object", "any"),
                "time is RFC 3339, duration is in nanoseconds; any keeps the type with which each value was sent.")
            .Named("Column")))
        .With("rows", Rows)
        .With("stats", AnswerSchemas.Statistics)
        .With("notices", AnswerSchemas.Notices)
        .Named("SearchResult");

    public static readonly Schema Table = Schema.Object
        .With("columns", Schema.List(Schema.Object.With("name", Schema.Text).With("type", Schema.Text, "The engine's.").Named("SqlColumn")))
        .With("rows", Rows)
        .With("stats", AnswerSchemas.Statistics)
        .With("notices", AnswerSchemas.Notices)
        .Named("SqlResult");

    public static readonly Schema Histogram = Schema.Object
        .With("signal", RecordSchemas.TimedSignal)
        .With("binMs", Schema.Number, "The width of a bin.")
        .With("starts", Schema.List(Schema.Time), "The beginning of each bin.")
        .With("series", Schema.List(Schema.Object
            .With("name", Schema.OneOf("unset", "trace", "debug", "info", "warn", "error", "fatal", "ok"))
            .With("counts", Schema.List(Schema.Count), "One for each bin.")
            .Named("HistogramSeries")))
        .With("total", Schema.Count)
        .With("notices", AnswerSchemas.Notices)
        .Named("Histogram");

    public static readonly Schema Explanation = Schema.Object
        .With("statements", Schema.List(PlanSchemas.Planned(Schema.Object.With("sql", Schema.Text)).Named("Statement")))
        .Named("Explanation");
}
