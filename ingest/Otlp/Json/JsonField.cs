namespace Observe.Ingest.Otlp.Json;

/// <summary>A field of a message in JSON.</summary>
/// <param name="Name">Its lowerCamelCase name.</param>
/// <param name="Number">Its number in the .proto file.</param>
/// <param name="Kind">How its value is read and written.</param>
internal sealed record JsonField(string Name, uint Number, JsonFieldKind Kind)
{
    /// <summary>An array of such values.</summary>
    public bool IsRepeated { get; init; }

    /// <summary>The message of a field of kind <see cref="JsonFieldKind.Message"/>. A function, because AnyValue holds itself.</summary>
    public Func<JsonMessage>? Message { get; init; }

    /// <summary>The members of a field of kind <see cref="JsonFieldKind.Enum"/>.</summary>
    public IReadOnlyDictionary<string, int>? Members { get; init; }
}
