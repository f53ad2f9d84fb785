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
        _ => records.Holds(filter, row.Record!),
    };

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

    private bool Equal(FieldName field, object? value, QueryValue wanted) => (value, kinds[field.FullName]) switch
    {
        (null, _) => false,
        (_, ReferenceKind.Bool) => ReferenceValue.Truth(value) == (wanted.Text == "true"),
        (_, ReferenceKind.Text) => ReferenceText.Equals(Text(value)!, wanted),
        (_, ReferenceKind.Any) when wanted.HasWildcard || Text(value) == wanted.Text => ReferenceText.Equals(Text(value)!, wanted),
        _ => ReferenceValue.Number(value) is { } number && Wanted(field, wanted) is { } other && ReferenceNumber.Compare(number, other) == 0,
    };

    private object? Wanted(FieldName field, QueryValue value) =>
        kinds[field.FullName] == ReferenceKind.Duration && ValueText.TryDuration(value.Text, out double nanoseconds) ? nanoseconds : ReferenceNumber.OfValue(field, value);

    private static string? Text(object? value) => ReferenceValue.Text(value);
}
