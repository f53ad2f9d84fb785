using Observe.Query.Language;

namespace Observe.Tests.Query.Language;

/// <summary>Writes trees for comparison, without their positions and without any help of the code under test.</summary>
internal static class TreeText
{
    public static string Of(ParsedQuery query) => query.Filter is null ? $"{query.Signal}" : $"{query.Signal} {Of(query.Filter)}";

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
        IdNode id => $"(id {id.Value})",
        _ => throw new InvalidOperationException($"No text for {node.GetType().Name}."),
    };

    private static string Field(FieldName field) =>
        field.Place == FieldPlace.Any ? field.Name : $"{field.Place.ToString().ToLowerInvariant()}:{field.Name}";

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
