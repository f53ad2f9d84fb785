namespace Observe.Query.Fields;

/// <summary>The names of <see cref="AttributeTypes"/>: the engine's, and the words that users see.</summary>
internal static class AttributeTypeNames
{
    private static readonly (AttributeTypes Type, string Engine, string Word)[] Names =
    [
        (AttributeTypes.String, "String", "string"),
        (AttributeTypes.Int64, "Int64", "int"),
        (AttributeTypes.Float64, "Float64", "double"),
        (AttributeTypes.Bool, "Bool", "bool"),
        (AttributeTypes.Null, "Tuple()", "null"),
        (AttributeTypes.StringArray, "Array(String)", "array"),
        (AttributeTypes.Int64Array, "Array(Int64)", "array"),
        (AttributeTypes.Float64Array, "Array(Float64)", "array"),
        (AttributeTypes.BoolArray, "Array(Bool)", "array"),
        (AttributeTypes.MixedArray, "Array(Dynamic)", "array"),
        (AttributeTypes.Map, "JSON", "map"),
    ];

    /// <summary>The type of an engine's name; <see cref="AttributeTypes.All"/> for one that this version does not know.</summary>
    public static AttributeTypes Parse(string engineName)
    {
        foreach ((AttributeTypes type, string engine, _) in Names)
        {
            if (engine == engineName)
            {
                return type;
            }
        }

        return AttributeTypes.All;
    }

    /// <summary>The engine's name of one type.</summary>
    public static string Engine(AttributeTypes type) => Array.Find(Names, name => name.Type == type).Engine;

    /// <summary>The type of arrays of a type that stands by itself.</summary>
    public static AttributeTypes ArrayOf(AttributeTypes type) => type switch
    {
        AttributeTypes.String => AttributeTypes.StringArray,
        AttributeTypes.Int64 => AttributeTypes.Int64Array,
        AttributeTypes.Float64 => AttributeTypes.Float64Array,
        AttributeTypes.Bool => AttributeTypes.BoolArray,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "There are no arrays of it alone."),
    };

    /// <summary>The types that are in a set, each for itself.</summary>
    public static IEnumerable<AttributeTypes> Each(AttributeTypes types) => Names.Where(name => types.HasFlag(name.Type)).Select(name => name.Type);

    /// <summary>What users call the types, without repetitions, in alphabetical order.</summary>
    public static IReadOnlyList<string> Words(AttributeTypes types) =>
        [.. Names.Where(name => types.HasFlag(name.Type)).Select(name => name.Word).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>What users call the type of a value that a result has.</summary>
    public static string Word(object? value) => value switch
    {
        null => "null",
        string => "string",
        long or ulong => "int",
        double => "double",
        bool => "bool",
        object?[] => "array",
        _ => "map",
    };
}
