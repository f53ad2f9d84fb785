using Observe.Query.Language;
using Observe.Query.Search;
using Observe.Tests.Query.Differential.Data;

namespace Observe.Tests.Query.Differential.Reference;

/// <summary>Whether a filter holds for a record, by what the language's documentation says and nothing of how the engine is asked.</summary>
/// <param name="all">All records: those above a span are looked for among them.</param>
internal sealed class ReferenceFilter(IReadOnlyList<TestRecord> all)
{
    private readonly ILookup<string, TestRecord> _spans = all.Where(record => record.Signal == SearchSignal.Spans).ToLookup(span => $"{span.TraceId} {span.SpanId}");

    public bool Holds(FilterNode? filter, TestRecord record) => filter switch
    {
        null or AllNode => true,
        AndNode and => and.Operands.All(operand => Holds(operand, record)),
        OrNode or => or.Operands.Any(operand => Holds(operand, record)),
        NotNode not => !Holds(not.Operand, record),
        TextNode text => ReferenceFields.Searched(record).Any(searched => ReferenceText.Contains(searched, text.Text, text.IsPrefix)),
        ComparisonNode comparison => Compare(comparison, record),
        InNode list => list.Values.Any(value => Field(record, list.Field).Equal(record, list.Field, value)),
        ExistsNode exists => Field(record, exists.Field).Exists(record),
        ContainsNode contains => Field(record, contains.Field).Contains(record, contains.Text, contains.IsPrefix),
        IdNode id => ReferenceIds.Of(record).Any(carried => ReferenceIds.AreSame(carried, id.Value)),
        BelowNode below => Holds(below.Descendant, record) && Above(record, below.IsDirect).Any(span => Holds(below.Ancestor, span)),
        _ => throw new ArgumentException($"No meaning for {filter.GetType().Name}."),
    };

    private static bool Compare(ComparisonNode node, TestRecord record)
    {
        ReferenceField field = Field(record, node.Field);
        return node.Operator switch
        {
            ComparisonOperator.Equal => field.Equal(record, node.Field, node.Value),
            ComparisonOperator.NotEqual => !field.Equal(record, node.Field, node.Value),
            ComparisonOperator.Matches => field.Matches(record, node.Value.Text),
            ComparisonOperator.NotMatches => !field.Matches(record, node.Value.Text),
            _ => field.Order(record, node.Field, node.Operator, node.Value),
        };
    }

    private static ReferenceField Field(TestRecord record, FieldName field) => ReferenceFields.Resolve(record.Signal, field);

    private IEnumerable<TestRecord> Above(TestRecord span, bool isDirect)
    {
        TestRecord? parent = span.ParentSpanId.Length == 0 ? null : _spans[$"{span.TraceId} {span.ParentSpanId}"].FirstOrDefault();
        return parent is null ? [] : isDirect ? [parent] : Above(parent, false).Prepend(parent);
    }
}
