using Observe.Query.Api.Declarations;

namespace Observe.Query.Api.Schemas;

/// <summary>The answers of <c>/fields</c>.</summary>
internal static class FieldSchemas
{
    private static readonly Schema Sample = Schema.Object
        .With("records", Schema.Count)
        .With("from", Schema.Time)
        .With("to", Schema.Time)
        .With("isComplete", Schema.Flag, "Whether these are all matching records; if not, distinct is a lower bound.")
        .About("The records that the figures are of: the latest ones, or all.")
        .Named("RecordSample");

    private static readonly Schema Share = Schema.Number.And("minimum", 0).And("maximum", 1);

    private static readonly Schema Day = Schema.Date.OrNull();

    private static readonly Schema Field = Schema.Object
        .With("name", Schema.Text, "As a query names it.")
        .With("source", Schema.OneOf("column", "attribute", "resource", "scope", "body"))
        .With("types", Schema.List(Schema.Text), "Such as string, int, double, bool, array.")
        .With("records", Schema.Count)
        .With("share", Share)
        .With("distinct", Schema.Count, "Different values; an array's elements are values.")
        .With("lastSeen", Schema.Time.OrNull(), "Of metric series, the beginning of the day.")
        .With("firstDay", Day, "The first day on which any record that is kept has it; null for columns. So lastDay.")
        .With("lastDay", Day)
        .Named("Field");

    private static readonly Schema Value = Schema.Object
        .With("value", Schema.Any, "A text, a number, true, false or null; a time as RFC 3339, a duration in nanoseconds, a map as JSON text.")
        .With("type", Schema.Text, "Tells 5, 5.0 and \"5\" apart.")
        .With("records", Schema.Count)
        .With("share", Share)
        .Named("FieldValue");

    public static readonly Schema Fields = Schema.Object
        .With("signal", RecordSchemas.Signal)
        .With("fields", Schema.List(Field))
        .With("sample", Sample)
        .With("notices", AnswerSchemas.Notices)
        .Named("Fields");

    public static readonly Schema Values = Schema.Object
        .With("signal", RecordSchemas.Signal)
        .With("name", Schema.Text)
        .With("values", Schema.List(Value), "The most frequent first.")
        .With("records", Schema.Count, "Those that have the field.")
        .With("distinct", Schema.Count)
        .With("sample", Sample)
        .With("notices", AnswerSchemas.Notices)
        .Named("FieldValues");
}
