using System.Text.Json;

namespace Observe.Query.Api;

/// <summary>One field of a record in an answer: a column of /query, a member in /traces.</summary>
/// <param name="Type">What the values are, for whoever reads the answer: <c>time</c>, <c>duration</c> (nanoseconds), <c>string</c>, <c>int</c>, <c>object</c>, <c>array</c> or <c>any</c>.</param>
internal sealed record RecordField<TRecord>(string Name, string Type, Action<Utf8JsonWriter, TRecord> Write);
