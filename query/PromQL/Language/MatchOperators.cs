namespace Observe.Query.PromQL.Language;

/// <summary>How the comparisons of labels are written.</summary>
internal static class MatchOperators
{
    public static MatchOperator? TryParse(string symbol) => symbol switch
    {
        "=" => MatchOperator.Equal,
        "!=" => MatchOperator.NotEqual,
        "=~" => MatchOperator.Matches,
        "!~" => MatchOperator.NotMatches,
        _ => null,
    };

    public static string Symbol(this MatchOperator match) => match switch
    {
        MatchOperator.Equal => "=",
        MatchOperator.NotEqual => "!=",
        MatchOperator.Matches => "=~",
        MatchOperator.NotMatches => "!~",
        _ => throw new ArgumentOutOfRangeException(nameof(match), match, "Not an operator."),
    };

    public static bool IsPattern(this MatchOperator match) => match is MatchOperator.Matches or MatchOperator.NotMatches;
}
