namespace Observe.Query.Language;

/// <summary>A part of a query's filter: the tree that the parser builds and the compiler turns into SQL.</summary>
/// <param name="Span">Where it stands in the query's text.</param>
public abstract record FilterNode(TextSpan Span);

/// <summary>All of its operands hold; there are at least two.</summary>
public sealed record AndNode(IReadOnlyList<FilterNode> Operands, TextSpan Span) : FilterNode(Span);

/// <summary>One of its operands holds; there are at least two.</summary>
public sealed record OrNode(IReadOnlyList<FilterNode> Operands, TextSpan Span) : FilterNode(Span);

/// <summary>Its operand does not hold.</summary>
public sealed record NotNode(FilterNode Operand, TextSpan Span) : FilterNode(Span);

/// <summary><c>*</c>: every record.</summary>
public sealed record AllNode(TextSpan Span) : FilterNode(Span);

/// <summary>A word, a phrase or (<paramref name="IsPrefix"/>, <c>tim*</c>) the beginning of a word, in the record's own text.</summary>
public sealed record TextNode(string Text, bool IsPrefix, TextSpan Span) : FilterNode(Span);

/// <summary><c>field=value</c> and its kin.</summary>
public sealed record ComparisonNode(FieldName Field, ComparisonOperator Operator, QueryValue Value, TextSpan Span) : FilterNode(Span);

/// <summary><c>field in (a, b)</c></summary>
public sealed record InNode(FieldName Field, IReadOnlyList<QueryValue> Values, TextSpan Span) : FilterNode(Span);

/// <summary><c>field:*</c></summary>
public sealed record ExistsNode(FieldName Field, TextSpan Span) : FilterNode(Span);

/// <summary><c>field:text</c>: the field holds the word, phrase or beginning of a word.</summary>
public sealed record ContainsNode(FieldName Field, string Text, bool IsPrefix, TextSpan Span) : FilterNode(Span);

/// <summary><c>id:VALUE</c>: the record carries the id, whatever the field is called.</summary>
public sealed record IdNode(string Value, TextSpan Span) : FilterNode(Span);

/// <summary><c>A >> B</c>, <c>A > B</c>: spans for which <paramref name="Descendant"/> holds below spans for which <paramref name="Ancestor"/> holds.</summary>
/// <param name="Ancestor">What a span above must be.</param>
/// <param name="Descendant">What the span itself must be.</param>
/// <param name="IsDirect">Whether the span above is the parent.</param>
/// <param name="Span">Where it stands in the query's text.</param>
public sealed record BelowNode(FilterNode Ancestor, FilterNode Descendant, bool IsDirect, TextSpan Span) : FilterNode(Span);
