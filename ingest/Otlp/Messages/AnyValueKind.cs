namespace Observe.Ingest.Otlp.Messages;

/// <summary>The member of AnyValue's <c>oneof</c> that is set; the numbers are those of the fields.</summary>
internal enum AnyValueKind
{
    /// <summary>No member is set, which is a value of its own: "empty".</summary>
    None = 0,
    String = 1,
    Bool = 2,
    Int = 3,
    Double = 4,
    Array = 5,
    Map = 6,
    Bytes = 7,
}
