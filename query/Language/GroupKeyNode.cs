namespace Observe.Query.Language;

/// <summary>What <c>stats</c> groups by.</summary>
public abstract record GroupKeyNode(TextSpan Span);

/// <summary>Rows with the same value belong together.</summary>
public sealed record FieldKey(FieldName Field, TextSpan Span) : GroupKeyNode(Span);

/// <summary><c>bin(1m)</c>, <c>bin(auto)</c>, <c>bin(duration, 100ms)</c>: rows whose values lie between the same multiples of a width belong together.</summary>
/// <param name="Field">Null for the time.</param>
/// <param name="Width">Null for one that fits the time range to a screen (time only).</param>
/// <param name="Span">Where it stands in the query's text.</param>
public sealed record BinKey(FieldName? Field, QueryValue? Width, TextSpan Span) : GroupKeyNode(Span);

/// <summary><c>top(N, field)</c>: the field's most frequent values each for itself, and all others together.</summary>
public sealed record TopKey(int Count, FieldName Field, TextSpan Span) : GroupKeyNode(Span);
