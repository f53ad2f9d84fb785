namespace Observe.Storage.Columns;

/// <summary>The types in which an attribute's value is kept: one for each kind of OTLP's AnyValue.</summary>
public enum DynamicType
{
    String,
    Int64,
    Float64,
    Bool,

    /// <summary>A value that is there and empty (an AnyValue with no kind): the engine's empty tuple.</summary>
    Null,
    StringArray,
    Int64Array,
    Float64Array,
    BoolArray,

    /// <summary>An array whose elements differ in type, or hold arrays, maps or nulls; also the empty array.</summary>
    DynamicArray,

    /// <summary>A map inside an array, or an empty map. Other maps become paths.</summary>
    Json,
}
