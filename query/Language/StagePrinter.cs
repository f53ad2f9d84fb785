using System.Globalization;

namespace Observe.Query.Language;

/// <summary>Writes stages as text that parses to the same stages.</summary>
public static class StagePrinter
{
    public static string Print(StageNode stage) => stage switch
    {
        WhereStage where => "where " + QueryPrinter.Print(where.Filter),
        StatsStage stats => Stats(stats),
        SortStage sort => "sort " + string.Join(", ", sort.Keys.Select(key => QuerySyntax.Field(key.Field) + (key.IsDescending ? " desc" : ""))),
        LimitStage limit => string.Create(CultureInfo.InvariantCulture, $"limit {limit.Count}"),
        FieldsStage fields => "fields " + List(fields.Fields),
        DedupStage dedup => "dedup " + List(dedup.Fields),
        TopStage top => string.Create(CultureInfo.InvariantCulture, $"top {top.Count} by {QuerySyntax.Field(top.Field)}"),
        LetStage let => $"let {QuerySyntax.Field(let.Name)} = {ExpressionPrinter.Print(let.Value)}",
        ParseTemplateStage parse => $"parse {QuerySyntax.Quote(parse.Template.ToString())}{From(parse.From)}",
        ParseFormatStage parse => $"parse {(parse.Format == ParseFormat.Json ? "json" : "logfmt")}{From(parse.From)}",
        PatternsStage => "patterns",
        TracesStage => "traces",
        _ => throw new ArgumentOutOfRangeException(nameof(stage), stage, "Not a stage."),
    };

    /// <summary>The function as it is called, without a name: also what its column is called when the query gives it none.</summary>
    public static string Print(AggregateNode aggregate)
    {
        string field = aggregate.Field is null ? "" : QuerySyntax.Field(aggregate.Field);
        string number = aggregate.Parameter?.ToString("R", CultureInfo.InvariantCulture) ?? "";
        return aggregate.Function switch
        {
            AggregateFunction.Count or AggregateFunction.Rate =>
                $"{aggregate.Function.Name()}({(aggregate.Filter is null ? "" : QueryPrinter.Print(aggregate.Filter))})",
            AggregateFunction.Quantile when AggregateFunctions.PercentileName(aggregate.Parameter!.Value) is { } name => $"{name}({field})",
            AggregateFunction.Quantile => $"quantile({number}, {field})",
            AggregateFunction.Values when aggregate.Parameter != AggregateNode.DefaultValues => $"values({field}, {number})",
            _ => $"{aggregate.Function.Name()}({field})",
        };
    }

    /// <inheritdoc cref="Print(AggregateNode)"/>
    public static string Print(GroupKeyNode key) => key switch
    {
        FieldKey field => QuerySyntax.Field(field.Field),
        BinKey bin => $"bin({(bin.Field is null ? "" : QuerySyntax.Field(bin.Field) + ", ")}{bin.Width?.Text ?? "auto"})",
        TopKey top => string.Create(CultureInfo.InvariantCulture, $"top({top.Count}, {QuerySyntax.Field(top.Field)})"),
        _ => throw new ArgumentOutOfRangeException(nameof(key), key, "Not a key."),
    };

    private static string Stats(StatsStage stats)
    {
        string aggregates = string.Join(", ", stats.Aggregates.Select(
            aggregate => Print(aggregate) + (aggregate.Name is null ? "" : " as " + QuerySyntax.Field(aggregate.Name))));
        return $"stats {aggregates}{(stats.Keys.Count == 0 ? "" : " by " + string.Join(", ", stats.Keys.Select(Print)))}";
    }

    private static string From(FieldName? field) => field is null ? "" : " from " + QuerySyntax.Field(field);

    private static string List(IEnumerable<FieldName> fields) => string.Join(", ", fields.Select(QuerySyntax.Field));
}
