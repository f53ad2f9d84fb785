using Observe.Query.Fields;
using Observe.Query.Language;
using Observe.Storage.Batches;
using Observe.Storage.Engine;

namespace Observe.Query.Compilation.Targets;

/// <summary>
/// One path of a JSON column. Its values may differ in type from record to record: each type that they have is asked on its own typed sub-column.
/// </summary>
public sealed class AttributeTarget : FieldTarget
{
    private const string NoText = "CAST(NULL, 'Nullable(String)')";
    private const AttributeTypes Lists =
        AttributeTypes.StringArray | AttributeTypes.Int64Array | AttributeTypes.Float64Array | AttributeTypes.BoolArray | AttributeTypes.MixedArray;

    private const string NoNumber = "CAST(NULL, 'Nullable(Float64)')";

    private readonly string _column;
    private readonly bool _isNameless;
    private readonly string _path;
    private readonly AttributeTypes _types;
    private readonly Action? _noteNumber;

    /// <param name="column">The JSON column; the program's own name.</param>
    /// <param name="name">The attribute's key, as it was sent.</param>
    /// <param name="types">The types that its values have; others are not asked.</param>
    /// <param name="noteNumber">Called when a question wants its values as numbers.</param>
    public AttributeTarget(string column, string name, AttributeTypes types = AttributeTypes.All, Action? noteNumber = null)
    {
        // The engine has no empty identifiers.
        _column = column;
        _isNameless = name.Length == 0;
        _path = _isNameless ? $"getSubcolumn({column}, '')" : $"{column}.{SqlText.QuoteIdentifier(name)}";
        _types = types;
        _noteNumber = noteNumber;
    }

    /// <summary>Numbers if it has no other values; what else it may be is not said, because texts may hold numbers.</summary>
    public override ValueKind Kind => _types != AttributeTypes.None && (_types & ~AttributeTypes.Numbers) == 0 ? ValueKind.Number : ValueKind.Any;

    public override bool IsInteger => _types == AttributeTypes.Int64;

    public override string Equal(ParameterBag parameters, FieldName field, QueryValue value)
    {
        string text = parameters.Add(value.HasWildcard ? TextPattern.Like(value.Text) : value.Text);
        if (value.HasWildcard)
        {
            return AnyText(e => $"{e} LIKE {text}");
        }

        List<(AttributeTypes, string)> conditions = [.. OfType(AttributeTypes.String, e => $"{e} = {text}")];
        if (ValueText.TryInteger(value.Text, out long integer))
        {
            // Of an integer the engine compares all digits, also with doubles.
            AddNumbers(parameters.Add(integer));
        }
        else if (FieldUnit.Number(field, value) is { } number)
        {
            AddNumbers(parameters.Add(number));
        }

        if (ValueText.TryBool(value.Text, out bool flag))
        {
            conditions.AddRange(OfType(AttributeTypes.Bool, e => $"{e} = {(flag ? "true" : "false")}"));
        }

        return Any([.. conditions]);

        void AddNumbers(string bound)
        {
            conditions.AddRange(OfType(AttributeTypes.Int64, e => $"{e} = {bound}"));
            conditions.AddRange(OfType(AttributeTypes.Float64, e => $"{e} = {bound}"));
        }
    }

    public override string In(ParameterBag parameters, FieldName field, IReadOnlyList<QueryValue> values)
    {
        List<string> wildcards = [.. values.Where(value => value.HasWildcard).Select(value => Equal(parameters, field, value))];
        QueryValue[] exact = [.. values.Where(value => !value.HasWildcard)];
        if (exact.Length == 0)
        {
            return $"({string.Join(" OR ", wildcards)})";
        }

        string texts = parameters.Add(exact.Select(value => value.Text));
        List<(AttributeTypes, string)> conditions = [.. OfType(AttributeTypes.String, e => $"{e} IN {texts}")];
        var numbers = NumberList.Of(field, exact);
        if (numbers.Integers.Count > 0)
        {
            string integers = parameters.Add(numbers.Integers);
            conditions.AddRange(OfType(AttributeTypes.Int64, e => $"{e} IN {integers}"));
        }

        if (numbers.ExactDoubles.Count > 0)
        {
            string doubles = parameters.Add(numbers.ExactDoubles);
            conditions.AddRange(OfType(AttributeTypes.Float64, e => $"{e} IN {doubles}"));
        }

        foreach (bool flag in exact.Select(value => ValueText.TryBool(value.Text, out bool flag) ? flag : (bool?)null).OfType<bool>().Distinct())
        {
            conditions.AddRange(OfType(AttributeTypes.Bool, e => $"{e} = {(flag ? "true" : "false")}"));
        }

        return $"({string.Join(" OR ", wildcards.Append(Any([.. conditions])))})";
    }

    public override string Order(ParameterBag parameters, FieldName field, ComparisonOperator comparison, QueryValue value)
    {
        string symbol = comparison.Symbol();
        if (value.IsQuoted)
        {
            return Any((AttributeTypes.String, $"{Typed(AttributeTypes.String)} {symbol} {parameters.Add(value.Text)}"));
        }

        if (ValueText.TryInteger(value.Text, out long integer))
        {
            return Numbers(symbol, parameters.Add(integer));
        }

        if (FieldUnit.Number(field, value) is { } number)
        {
            return Numbers(symbol, parameters.Add(number));
        }

        throw FieldUnit.NoNumber(field, comparison, value);
    }

    public override string Matches(ParameterBag parameters, QueryValue regex)
    {
        string bound = parameters.Add(regex.Text);
        return AnyText(text => $"match({text}, {bound})");
    }

    public override string Contains(ParameterBag parameters, string text, bool isPrefix)
    {
        string bound = parameters.Add(TextPattern.Phrase(text, isPrefix));
        return AnyText(value => $"match({value}, {bound})");
    }

    public override string Exists(ParameterBag parameters) => _types == AttributeTypes.None ? "false" : $"{_path} IS NOT NULL";

    /// <remarks>A value with nothing in it is there, but has no text: the engine would write it as <c>()</c>.</remarks>
    public override string AsText(ParameterBag parameters) => Text;

    public override string AsNumber(ParameterBag parameters)
    {
        _noteNumber?.Invoke();
        return First(AttributeTypes.Numbers | AttributeTypes.String);
    }

    public override string? AsSentNumber(ParameterBag parameters) => Has(AttributeTypes.Numbers) ? First(AttributeTypes.Numbers) : null;

    /// <summary>The number that a value of one of these types is.</summary>
    private string First(AttributeTypes types)
    {
        List<string> numbers = [];
        Add(AttributeTypes.Int64, $"toFloat64({Typed(AttributeTypes.Int64)})");
        Add(AttributeTypes.Float64, Typed(AttributeTypes.Float64));
        Add(AttributeTypes.String, $"toFloat64OrNull({Typed(AttributeTypes.String)})");
        return numbers.Count switch
        {
            0 => NoNumber,
            1 => numbers[0],
            _ => $"coalesce({string.Join(", ", numbers)})",
        };

        void Add(AttributeTypes type, string sql)
        {
            if (Has(type & types))
            {
                numbers.Add(sql);
            }
        }
    }

    public override string AsValue(ParameterBag parameters) => _types switch
    {
        AttributeTypes.Int64 or AttributeTypes.Float64 => Typed(_types),
        AttributeTypes.Numbers => AsNumber(parameters),
        _ => Text,
    };

    public override string AsTyped(ParameterBag parameters) => _types switch
    {
        AttributeTypes.None or AttributeTypes.String or AttributeTypes.Int64 or AttributeTypes.Float64 or AttributeTypes.Numbers => AsValue(parameters),
        AttributeTypes.Bool => Typed(_types),
        _ => _path,
    };

    /// <remarks>Where nothing is known of the types, one source has the values of all of them; arrays are then values as a whole.</remarks>
    public override IEnumerable<ValueSource> Values(ParameterBag parameters) => _types == AttributeTypes.All
        ? [new ValueSource("any", _path)]
        : AttributeTypeNames.Each(_types).Select(Values);

    private ValueSource Values(AttributeTypes type) => type switch
    {
        AttributeTypes.Null => new ValueSource("null", $"if(dynamicType({_path}) = 'Tuple()', '', NULL)"),
        AttributeTypes.Map => new ValueSource("map", $"if(dynamicType({_path}) = 'JSON', toString({_path}), NULL)"),
        AttributeTypes.StringArray => new ValueSource("string", Typed(type), IsList: true),
        AttributeTypes.Int64Array => new ValueSource("int", Typed(type), IsList: true),
        AttributeTypes.Float64Array => new ValueSource("double", Typed(type), IsList: true),
        AttributeTypes.BoolArray => new ValueSource("bool", Typed(type), IsList: true),
        AttributeTypes.MixedArray => new ValueSource("mixed", Typed(type), IsList: true),
        _ => new ValueSource(AttributeTypeNames.Words(type)[0], Typed(type)),
    };

    /// <summary>Nullable(String).</summary>
    private string Text => (_types & ~AttributeTypes.Null) switch
    {
        AttributeTypes.None => NoText,
        AttributeTypes.String => Typed(AttributeTypes.String),
        var type and (AttributeTypes.Int64 or AttributeTypes.Float64 or AttributeTypes.Bool) => $"toString({Typed(type)})",

        _ => Mixed,
    };

    /// <summary>
    /// Lists are JSON: the engine would write them with the quotes of its SQL, which it does for names that are too long to stand in a statement so often. Its
    /// toString of no value would be ''.
    /// </summary>
    private string Mixed
    {
        get
        {
            string text = $"CAST({_path}, 'Nullable(String)')";
            List<string> cases = [];
            if (Has(AttributeTypes.Null))
            {
                cases.Add($"dynamicType({_path}) = 'Tuple()', NULL");
            }

            if (Has(Lists) && _path.Length <= FieldBatch.MaxNameLength)
            {
                cases.Add($"startsWith(dynamicType({_path}), 'Array'), CAST(replaceAll(toJSONString({_path}), '\\\\/', '/'), 'Nullable(String)')");
            }

            return cases.Count == 0 ? text : $"multiIf({string.Join(", ", cases)}, {text})";
        }
    }

    private bool Has(AttributeTypes type) => (_types & type) != 0;

    private string Typed(AttributeTypes type)
    {
        string name = SqlText.QuoteIdentifier(AttributeTypeNames.Engine(type));
        return _isNameless ? $"getSubcolumn({_column}, '.:{name}')" : $"{_path}.:{name}";
    }

    /// <summary>A condition on values of one type, where they stand by themselves and where they are an array's elements.</summary>
    private IEnumerable<(AttributeTypes, string)> OfType(AttributeTypes type, Func<string, string> condition)
    {
        AttributeTypes array = AttributeTypeNames.ArrayOf(type);
        yield return (type, condition(Typed(type)));
        yield return (array, $"arrayExists(e -> {condition("e")}, {Typed(array)})");
        yield return (
            AttributeTypes.MixedArray,
            $"arrayExists(e -> ifNull({condition($"dynamicElement(e, '{AttributeTypeNames.Engine(type)}')")}, false), {Typed(AttributeTypes.MixedArray)})");
    }

    /// <summary>A condition on the text of the value, or of one of its elements. Maps, and lists in lists, have none.</summary>
    private string AnyText(Func<string, string> condition) => Any(
    [
        .. OfType(AttributeTypes.String, condition),
        .. OfType(AttributeTypes.Int64, e => condition($"toString({e})")),
        .. OfType(AttributeTypes.Float64, e => condition($"toString({e})")),
        .. OfType(AttributeTypes.Bool, e => condition($"toString({e})")),
    ]);

    private string Numbers(string symbol, string bound)
    {
        _noteNumber?.Invoke();
        return Any(
            (AttributeTypes.Int64, $"{Typed(AttributeTypes.Int64)} {symbol} {bound}"),
            (AttributeTypes.Float64, $"{Typed(AttributeTypes.Float64)} {symbol} {bound}"),
            (AttributeTypes.String, $"toFloat64OrNull({Typed(AttributeTypes.String)}) {symbol} {bound}"));
    }

    /// <summary>One of the conditions holds, of those whose types its values have.</summary>
    private string Any(params IReadOnlyList<(AttributeTypes Types, string Condition)> conditions)
    {
        List<string> asked = [.. conditions.Where(each => Has(each.Types)).Select(each => each.Condition)];
        return asked.Count == 0 ? "false" : $"ifNull({string.Join(" OR ", asked)}, false)";
    }
}
