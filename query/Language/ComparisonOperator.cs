namespace Observe.Query.Language;

/// <summary>What stands between a field and a value.</summary>
public enum ComparisonOperator
{
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,

    /// <summary><c>~</c>: a regular expression finds a match.</summary>
    Matches,

    /// <summary><c>!~</c></summary>
    NotMatches,
}
