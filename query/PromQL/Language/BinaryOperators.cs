namespace Observe.Query.PromQL.Language;

/// <summary>How operators are written, how tightly they bind and of which kind they are.</summary>
internal static class BinaryOperators
{
    /// <summary>The tightest: a sign takes only what is bound so tightly, so <c>-a ^ b</c> is <c>-(a ^ b)</c>. Read from the right.</summary>
    public const int PowerPrecedence = 6;

    private static readonly (BinaryOperator Operator, string Symbol, int Precedence, Kind Kind)[] Table =
    [
        (BinaryOperator.Or, "or", 1, Kind.Set),
        (BinaryOperator.And, "and", 2, Kind.Set),
        (BinaryOperator.Unless, "unless", 2, Kind.Set),
        (BinaryOperator.Equal, "==", 3, Kind.Comparison),
        (BinaryOperator.NotEqual, "!=", 3, Kind.Comparison),
        (BinaryOperator.Less, "<", 3, Kind.Comparison),
        (BinaryOperator.LessOrEqual, "<=", 3, Kind.Comparison),
        (BinaryOperator.Greater, ">", 3, Kind.Comparison),
        (BinaryOperator.GreaterOrEqual, ">=", 3, Kind.Comparison),
        (BinaryOperator.TrimUpper, "</", 3, Kind.Trim),
        (BinaryOperator.TrimLower, ">/", 3, Kind.Trim),
        (BinaryOperator.Add, "+", 4, Kind.Arithmetic),
        (BinaryOperator.Subtract, "-", 4, Kind.Arithmetic),
        (BinaryOperator.Multiply, "*", 5, Kind.Arithmetic),
        (BinaryOperator.Divide, "/", 5, Kind.Arithmetic),
        (BinaryOperator.Modulo, "%", 5, Kind.Arithmetic),
        (BinaryOperator.Atan2, "atan2", 5, Kind.Arithmetic),
        (BinaryOperator.Power, "^", PowerPrecedence, Kind.Arithmetic),
    ];

    private static readonly Dictionary<string, BinaryOperator> BySymbol = Table.ToDictionary(row => row.Symbol, row => row.Operator, StringComparer.OrdinalIgnoreCase);

    private static readonly Dictionary<BinaryOperator, (string Symbol, int Precedence, Kind Kind)> ByOperator =
        Table.ToDictionary(row => row.Operator, row => (row.Symbol, row.Precedence, row.Kind));

    private enum Kind
    {
        Arithmetic,
        Comparison,
        Set,
        Trim,
    }

    public static BinaryOperator? TryParse(string symbol) => BySymbol.TryGetValue(symbol, out BinaryOperator found) ? found : null;

    public static string Symbol(this BinaryOperator binary) => ByOperator[binary].Symbol;

    /// <summary>1 for the loosest. Operators of one level are read from the left, all but the tightest.</summary>
    public static int Precedence(this BinaryOperator binary) => ByOperator[binary].Precedence;

    public static bool IsComparison(this BinaryOperator binary) => ByOperator[binary].Kind == Kind.Comparison;

    /// <summary>and, or, unless</summary>
    public static bool IsSet(this BinaryOperator binary) => ByOperator[binary].Kind == Kind.Set;

    public static bool IsTrim(this BinaryOperator binary) => ByOperator[binary].Kind == Kind.Trim;
}
