using System.Text.Json;
using Observe.Query.Api.Declarations;

namespace Observe.Query.Api;

/// <summary>One field of a record in an answer: a column of /query, a member in /traces.</summary>
/// <param name="Type">What the values are, for whoever reads the answer: <c>time</c>, <c>duration</c> (nanoseconds), <c>string</c>, <c>int</c>, <c>bool</c>, <c>object</c>, <c>array</c> or <c>any</c>.</param>
internal sealed record RecordField<TRecord>(string Name, string Type, Action<Utf8JsonWriter, TRecord> Write)
{
    /// <summary>What is written.</summary>
    public Schema Schema { get; init; } = Type switch
    {
        "time" => Schema.Time,
        "duration" => Schema.Integer.About("In nanoseconds."),
        "string" => Schema.Text,
        "int" => Schema.Integer,
        "bool" => Schema.Flag,
        "object" => Schema.Map(Schema.Any),
        "array" => Schema.List(Schema.Any),
        "any" => Schema.Any,
        _ => throw new ArgumentException($"{Name} has the type {Type}, which answers do not have."),
    };
}
