namespace Observe.Query.Language;

/// <summary>How large a query may be. The limits protect the process from a text that nobody typed.</summary>
public static class LanguageLimits
{
    /// <summary>
    /// UTF-16 characters of a query without its lists: far above what a person writes or a page generates, small enough to parse in under a millisecond.
    /// </summary>
    public const int MaxLength = 10_000;

    /// <summary>UTF-16 characters of a query with its lists: <see cref="MaxListValues"/> ids with their quotes and some room.</summary>
    public const int MaxLengthWithLists = 500_000;

    /// <summary>Nested parentheses and negations: the parser and the compiler recurse once or twice for each, on a stack of 1 MB.</summary>
    public const int MaxDepth = 64;

    /// <summary>Operators of one expression: each is four levels of the engine's tree, which has at most 1,000 of them.</summary>
    public const int MaxOperators = 100;

    /// <summary>Values in one <c>in (…)</c>, which are bound as one parameter: ids that a program has at hand.</summary>
    public const int MaxListValues = 10_000;

    /// <summary>Values that <c>values</c> collects or <c>top</c> keeps apart, and arguments of a function.</summary>
    public const int MaxValues = 1_000;

    /// <summary>Stages of a query: each is a level of the statement that it becomes.</summary>
    public const int MaxStages = 32;

    /// <summary>Spans below spans in one query: each is a join.</summary>
    public const int MaxLevels = 4;

    /// <summary>Fields, keys or aggregates of one stage.</summary>
    public const int MaxColumns = 64;

    /// <summary>The largest number of rows that a stage can ask for.</summary>
    public const int MaxRows = 1_000_000;
}
