namespace Observe.Query.Language;

/// <summary>A stage of a query: what stands after a <c>|</c>. It takes the rows of what stands before it.</summary>
/// <param name="Span">Where it stands in the query's text, without the <c>|</c>.</param>
public abstract record StageNode(TextSpan Span);

/// <summary><c>where FILTER</c>: the rows for which the filter holds.</summary>
public sealed record WhereStage(FilterNode Filter, TextSpan Span) : StageNode(Span);

/// <summary><c>stats AGG, … [by KEY, …]</c>: one row for each combination of keys; without keys one row.</summary>
public sealed record StatsStage(IReadOnlyList<AggregateNode> Aggregates, IReadOnlyList<GroupKeyNode> Keys, TextSpan Span) : StageNode(Span);

/// <summary><c>sort KEY, …</c></summary>
public sealed record SortStage(IReadOnlyList<SortKey> Keys, TextSpan Span) : StageNode(Span);

/// <summary>A field to sort by, and whether the largest comes first.</summary>
public sealed record SortKey(FieldName Field, bool IsDescending);

/// <summary><c>limit N</c>: the first so many rows.</summary>
public sealed record LimitStage(int Count, TextSpan Span) : StageNode(Span);

/// <summary><c>fields a, b</c>: these columns, in this order.</summary>
public sealed record FieldsStage(IReadOnlyList<FieldName> Fields, TextSpan Span) : StageNode(Span);

/// <summary><c>dedup a, b</c>: of the rows that have the same values in these fields, the first.</summary>
public sealed record DedupStage(IReadOnlyList<FieldName> Fields, TextSpan Span) : StageNode(Span);

/// <summary><c>top N by FIELD</c>: the most frequent values, each with its count and share.</summary>
public sealed record TopStage(int Count, FieldName Field, TextSpan Span) : StageNode(Span);

/// <summary><c>let name = EXPRESSION</c>: a further field.</summary>
public sealed record LetStage(FieldName Name, ExpressionNode Value, TextSpan Span) : StageNode(Span);

/// <summary><c>parse "user &lt;user&gt; took &lt;ms:number&gt;ms" [from FIELD]</c>: fields from the parts of a text.</summary>
/// <param name="From">Null for the record's own text.</param>
public sealed record ParseTemplateStage(ParseTemplate Template, FieldName? From, TextSpan Span) : StageNode(Span);

/// <summary><c>parse json [from FIELD]</c>, <c>parse logfmt [from FIELD]</c>: fields from a text that names them itself.</summary>
/// <inheritdoc cref="ParseTemplateStage" path="/param"/>
public sealed record ParseFormatStage(ParseFormat Format, FieldName? From, TextSpan Span) : StageNode(Span);

/// <summary><c>patterns</c>: one row for each shape that the records' texts have.</summary>
public sealed record PatternsStage(TextSpan Span) : StageNode(Span);

/// <summary><c>traces</c>: one row for each trace that a span before it belongs to.</summary>
public sealed record TracesStage(TextSpan Span) : StageNode(Span);
