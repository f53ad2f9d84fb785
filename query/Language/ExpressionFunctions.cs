namespace Observe.Query.Language;

/// <summary>How the functions of expressions are called.</summary>
internal static class ExpressionFunctions
{
    private const int Any = LanguageLimits.MaxValues;

    private static readonly Dictionary<string, ExpressionFunction> Functions =
        Enum.GetValues<ExpressionFunction>().ToDictionary(function => function.ToString(), StringComparer.OrdinalIgnoreCase);

    /// <summary>All names, for suggestions.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Functions.Keys.Select(name => name.ToLowerInvariant())];

    public static ExpressionFunction? TryParse(string name) => Functions.TryGetValue(name, out ExpressionFunction found) ? found : null;

    public static string Name(this ExpressionFunction function) => function.ToString().ToLowerInvariant();

    /// <summary>How many arguments a function takes, at least and at most.</summary>
    public static (int Least, int Most) Arguments(this ExpressionFunction function) => function switch
    {
        ExpressionFunction.If => (3, 3),
        ExpressionFunction.Coalesce or ExpressionFunction.Concat => (1, Any),
        ExpressionFunction.Substr => (2, 3),
        ExpressionFunction.Round => (1, 2),
        _ => (1, 1),
    };
}
