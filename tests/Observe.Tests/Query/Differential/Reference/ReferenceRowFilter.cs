using Observe.Query.Language;

namespace Observe.Tests.Query.Differential.Reference;

/// <summary>Whether a filter holds for a row, which may have columns that stages made besides a record's fields.</summary>
internal sealed class ReferenceRowFilter(ReferenceFilter records, IReadOnlyDictionary<string, ReferenceKind> kinds)
{
    public bool Holds(FilterNode? filter, ReferenceRow row) => filter switch
    {
        null or AllNode => true,
        AndNode and => and.Operands.All(operand => Holds(operand, row)),
        OrNode or => or.Operands.Any(operand => Holds(operand, row)),
        NotNode not => !Holds(not.Operand, row),
        ComparisonNode comparison when IsColumn(comparison.Field) => Compare(comparison, row.Columns[comparison.Field.FullName]),
        InNode list when IsColumn(list.Field) => list.Values.Any(value => Equal(list.Field, row.Columns[list.Field.FullName], value)),
        ExistsNode exists when IsColumn(exists.Field) => row.Columns[exists.Field.FullName] is not null,
        ContainsNode contains when IsColumn(contains.Field) =>
            Text(row.Columns[contains.Field.FullName]) is { } text && ReferenceText.Contains(text, contains.Text, contains.IsPrefix),
        ComparisonNode comparison => Negated(comparison) is { } positive ? !Holds(positive, row) : InText(comparison.Field, row, text => Compare(comparison, text)) || records.Holds(filter, row.Record!),
        InNode list => InText(list.Field, row, text => list.Values.Any(value => Equal(list.Field, text, value))) || records.Holds(filter, row.Record!),
        ExistsNode exists => InText(exists.Field, row, _ => true) || records.Holds(filter, row.Record!),
        ContainsNode contains => InText(contains.Field, row, text => ReferenceText.Contains(text, contains.Text, contains.IsPrefix)) || records.Holds(filter, row.Record!),
        _ => records.Holds(filter, row.Record!),
    };

    /// <summary>A condition holds when it holds in one of the places, the texts among them; its negation when it holds in none.</summary>
    private static ComparisonNode? Negated(ComparisonNode node) => node.Operator switch
    {
        ComparisonOperator.NotEqual => node with { Operator = ComparisonOperator.Equal },
        ComparisonOperator.NotMatches => node with { Operator = ComparisonOperator.Matches },
        _ => null,
    };

    /// <summary>Whether a condition holds for the value that one of the row's texts has under the name.</summary>
    private static bool InText(FieldName field, ReferenceRow row, Func<string, bool> holds) =>
        field.Place == FieldPlace.Any && !ReferenceFields.Columns(row.Record!.Signal).Contains(field.Name) && row.Parsed.Select(find => find(field.Name)).OfType<string>().Any(holds);

    private bool IsColumn(FieldName field) => kinds.ContainsKey(field.FullName);

    private bool Compare(ComparisonNode node, object? value) => node.Operator switch
    {
        ComparisonOperator.Equal => Equal(node.Field, value, node.Value),
        ComparisonOperator.NotEqual => !Equal(node.Field, value, node.Value),
        ComparisonOperator.Matches => Text(value) is { } text && ReferenceText.Matches(text, node.Value.Text),
        ComparisonOperator.NotMatches => !(Text(value) is { } other && ReferenceText.Matches(other, node.Value.Text)),
        _ when node.Value.IsQuoted => Text(value) is { } ordered && ReferenceNumber.Holds(node.Operator, ReferenceText.Compare(ordered, node.Value.Text)),
        _ => ReferenceValue.Number(value) is { } number && ReferenceNumber.Holds(node.Operator, ReferenceNumber.Compare(number, Wanted(node.Field, node.Value)!)),
    };

    private bool Equal(FieldName field, object? value, QueryValue wanted) => (value, kinds.GetValueOrDefault(field.FullName, ReferenceKind.Any)) switch
    {
        (null, _) => false,
        (_, ReferenceKind.Bool) => ReferenceValue.Truth(value) == (wanted.Text == "true"),
        (_, ReferenceKind.Text) => ReferenceText.Equals(Text(value)!, wanted),
        (_, ReferenceKind.Any) when wanted.HasWildcard || Text(value) == wanted.Text => ReferenceText.Equals(Text(value)!, wanted),
        _ => ReferenceValue.Number(value) is { } number && Wanted(field, wanted) is { } other && ReferenceNumber.Compare(number, other) == 0,
    };

    private object? Wanted(FieldName field, QueryValue value) =>
        kinds.GetValueOrDefault(field.FullName) == ReferenceKind.Duration && ValueText.TryDuration(value.Text, out double nanoseconds) ? nanoseconds : ReferenceNumber.OfValue(field, value);

    private static string? Text(object? value) => ReferenceValue.Text(value);
}
