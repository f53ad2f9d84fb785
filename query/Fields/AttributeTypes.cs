namespace Observe.Query.Fields;

/// <summary>Types that an attribute's values have: the engine's types, as storage's <c>DynamicType</c> has them.</summary>
[Flags]
public enum AttributeTypes
{
    /// <summary>It does not occur.</summary>
    None = 0,
    String = 1,
    Int64 = 1 << 1,
    Float64 = 1 << 2,
    Bool = 1 << 3,

    /// <summary>A value that is there and empty.</summary>
    Null = 1 << 4,
    StringArray = 1 << 5,
    Int64Array = 1 << 6,
    Float64Array = 1 << 7,
    BoolArray = 1 << 8,

    /// <summary>Arrays whose elements differ in type.</summary>
    MixedArray = 1 << 9,
    Map = 1 << 10,

    Numbers = Int64 | Float64,

    /// <summary>Nothing is known of it.</summary>
    All = (1 << 11) - 1,
}
