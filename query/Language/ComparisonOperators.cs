namespace Observe.Query.Language;

/// <summary>How operators are written.</summary>
internal static class ComparisonOperators
{
    public static ComparisonOperator Parse(string symbol) => symbol switch
    {
        "=" => ComparisonOperator.Equal,
        "!=" => ComparisonOperator.NotEqual,
        "<" => ComparisonOperator.Less,
        "<=" => ComparisonOperator.LessOrEqual,
        ">" => ComparisonOperator.Greater,
        ">=" => ComparisonOperator.GreaterOrEqual,
        "~" => ComparisonOperator.Matches,
        "!~" => ComparisonOperator.NotMatches,
        _ => throw new ArgumentOutOfRangeException(nameof(symbol), symbol, "Not an operator."),
    };

    public static string Symbol(this ComparisonOperator comparison) => comparison switch
    {
        ComparisonOperator.Equal => "=",
        ComparisonOperator.NotEqual => "!=",
        ComparisonOperator.Less => "<",
        ComparisonOperator.LessOrEqual => "<=",
        ComparisonOperator.Greater => ">",
        ComparisonOperator.GreaterOrEqual => ">=",
        ComparisonOperator.Matches => "~",
        ComparisonOperator.NotMatches => "!~",
        _ => throw new ArgumentOutOfRangeException(nameof(comparison), comparison, "Not an operator."),
    };
}
