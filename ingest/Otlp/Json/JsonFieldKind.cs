namespace Observe.Ingest.Otlp.Json;

/// <summary>How a field's JSON is read and its protobuf written: the .proto file's types, and what OTLP/JSON does differently.</summary>
internal enum JsonFieldKind
{
    String,
    Bool,
    Double,
    Int64,
    UInt64,
    UInt32,
    SInt32,
    Fixed32,
    Fixed64,
    SFixed64,

    /// <summary>A number, or the name of an enum's member.</summary>
    Enum,

    /// <summary>Base64.</summary>
    Bytes,

    /// <summary>Trace and span ids: hexadecimal, unlike all other bytes.</summary>
    HexId,

    /// <summary>An object.</summary>
    Message,
}
