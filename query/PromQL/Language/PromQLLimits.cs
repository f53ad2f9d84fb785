namespace Observe.Query.PromQL.Language;

/// <summary>How large a query may be. The limits protect the process from a text that nobody typed.</summary>
public static class PromQLLimits
{
    /// <summary>UTF-16 characters of a query: dashboards put thousands of values into one regular expression.</summary>
    public const int MaxLength = 1_000_000;

    /// <summary>Nested parentheses, calls, signs and right-hand sides: the parser recurses a few times for each, on a stack of 1 MB.</summary>
    public const int MaxDepth = 200;

    /// <summary>Binary operators of a query. A chain such as <c>a + b + c</c> is a tree as deep as it is long, and whoever walks it recurses.</summary>
    public const int MaxOperators = 1_000;

    /// <summary>UTF-16 characters of a regular expression that is more than a list of texts: each is compiled.</summary>
    public const int MaxPatternLength = 10_000;

    /// <summary>How often a part of a regular expression may be repeated (<c>{1000}</c>), repetitions within repetitions multiplied: the limit of RE2.</summary>
    public const int MaxPatternRepeats = 1_000;
}
