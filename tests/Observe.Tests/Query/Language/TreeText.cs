using System.Globalization;
using Observe.Query.Language;

namespace Observe.Tests.Query.Language;

/// <summary>Writes trees for comparison, without their positions and without any help of the code under test.</summary>
internal static class TreeText
{
    public static string Of(ParsedQuery query)
    {
        string search = query.Filter is null ? $"{query.Signal}" : $"{query.Signal} {Of(query.Filter)}";
        return string.Join(" | ", query.Stages.Select(Of).Prepend(search));
    }

    private static string Of(StageNode stage) => stage switch
    {
        WhereStage where => $"where {Of(where.Filter)}",
        StatsStage stats => $"stats {Join(stats.Aggregates, Of)} by [{Join(stats.Keys, Of)}]",
        SortStage sort => $"sort {Join(sort.Keys, key => Field(key.Field) + (key.IsDescending ? "↓" : "↑"))}",
        LimitStage limit => $"limit {limit.Count}",
        FieldsStage fields => $"fields {Join(fields.Fields, Field)}",
        DedupStage dedup => $"dedup {Join(dedup.Fields, Field)}",
        TopStage top => $"top {top.Count} {Field(top.Field)}",
        LetStage let => $"let {Field(let.Name)} {Of(let.Value)}",
        ParseTemplateStage parse => $"parse {Join(parse.Template.Parts, Of)} from {Field(parse.From)}",
        ParseFormatStage parse => $"parse {parse.Format} from {Field(parse.From)}",
        PatternsStage => "patterns",
        TracesStage => "traces",
        _ => throw new InvalidOperationException($"No text for {stage.GetType().Name}."),
    };

    private static string Of(AggregateNode node)
    {
        string number = node.Parameter is { } parameter ? string.Create(CultureInfo.InvariantCulture, $" {parameter}") : "";
        return $"({node.Function}{number} {(node.Filter is null ? Field(node.Field) : Of(node.Filter))}{(node.Name is null ? "" : " as " + Field(node.Name))})";
    }

    private static string Of(GroupKeyNode key) => key switch
    {
        FieldKey field => Field(field.Field),
        BinKey bin => $"(bin {Field(bin.Field)} {bin.Width?.Text ?? "auto"})",
        TopKey top => $"(top {top.Count} {Field(top.Field)})",
        _ => throw new InvalidOperationException($"No text for {key.GetType().Name}."),
    };

    private static string Of(TemplatePart part) => part switch
    {
        LiteralPart literal => $"\"{literal.Text}\"",
        CapturePart capture => $"<{capture.Name ?? "_"} {capture.Type}>",
        _ => throw new InvalidOperationException($"No text for {part.GetType().Name}."),
    };

    private static string Of(ExpressionNode node) => node switch
    {
        FieldExpression field => Field(field.Field),
        LiteralExpression literal => $"'{Value(literal.Value)}'",
        UnaryExpression unary => $"({unary.Operator} {Of(unary.Operand)})",
        BinaryExpression binary => $"({binary.Operator} {Of(binary.Left)} {Of(binary.Right)})",
        CallExpression call => $"({call.Function} {Join(call.Arguments, Of)})",
        _ => throw new InvalidOperationException($"No text for {node.GetType().Name}."),
    };

    private static string Join<T>(IEnumerable<T> items, Func<T, string> text) => string.Join(' ', items.Select(text));

    private static string Of(FilterNode node) => node switch
    {
        AndNode and => $"(and {string.Join(' ', and.Operands.Select(Of))})",
        OrNode or => $"(or {string.Join(' ', or.Operands.Select(Of))})",
        NotNode not => $"(not {Of(not.Operand)})",
        AllNode => "(all)",
        TextNode text => text.IsPrefix ? $"(prefix {text.Text})" : $"(text {text.Text})",
        ComparisonNode comparison => $"({Symbol(comparison.Operator)} {Field(comparison.Field)} {Value(comparison.Value)})",
        InNode list => $"(in {Field(list.Field)} {string.Join(' ', list.Values.Select(Value))})",
        ExistsNode exists => $"(exists {Field(exists.Field)})",
        ContainsNode contains => $"(contains {Field(contains.Field)} {(contains.IsPrefix ? "prefix " : "")}{contains.Text})",
        BelowNode below => $"({(below.IsDirect ? "child" : "below")} {Of(below.Ancestor)} {Of(below.Descendant)})",
        IdNode id => $"(id {id.Value})",
        _ => throw new InvalidOperationException($"No text for {node.GetType().Name}."),
    };

    private static string Field(FieldName? field) =>
        field is null ? "-" : field.Place == FieldPlace.Any ? field.Name : $"{field.Place.ToString().ToLowerInvariant()}:{field.Name}";

    private static string Value(QueryValue value) => value.IsQuoted ? $"\"{value.Text}\"" : value.Text;

    private static string Symbol(ComparisonOperator comparison) => comparison switch
    {
        ComparisonOperator.Equal => "=",
        ComparisonOperator.NotEqual => "!=",
        ComparisonOperator.Less => "<",
        ComparisonOperator.LessOrEqual => "<=",
        ComparisonOperator.Greater => ">",
        ComparisonOperator.GreaterOrEqual => ">=",
        ComparisonOperator.Matches => "~",
        _ => "!~",
    };
}
