namespace Observe.Query.Language;

/// <summary>Operators with one operand.</summary>
public enum UnaryOperator
{
    Negate,
    Not,
}

/// <summary>Operators with two operands.</summary>
public enum BinaryOperator
{
    Or,
    And,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
}

/// <summary>How operators are written and how tightly they bind.</summary>
internal static class ExpressionOperators
{
    /// <summary>Above this, <c>not</c> takes its operand; so <c>not a = b</c> is <c>not (a = b)</c>.</summary>
    public const int NotPrecedence = 3;

    public const int ComparisonPrecedence = 4;

    /// <summary>Above this, a minus sign takes its operand.</summary>
    public const int NegatePrecedence = 7;

    private static readonly Dictionary<string, BinaryOperator> BySymbol = new(StringComparer.OrdinalIgnoreCase)
    {
        ["or"] = BinaryOperator.Or,
        ["and"] = BinaryOperator.And,
        ["="] = BinaryOperator.Equal,
        ["!="] = BinaryOperator.NotEqual,
        ["<"] = BinaryOperator.Less,
        ["<="] = BinaryOperator.LessOrEqual,
        [">"] = BinaryOperator.Greater,
        [">="] = BinaryOperator.GreaterOrEqual,
        ["+"] = BinaryOperator.Add,
        ["-"] = BinaryOperator.Subtract,
        ["*"] = BinaryOperator.Multiply,
        ["/"] = BinaryOperator.Divide,
        ["%"] = BinaryOperator.Remainder,
    };

    public static BinaryOperator? TryParse(string symbol) => BySymbol.TryGetValue(symbol, out BinaryOperator found) ? found : null;

    public static string Symbol(this BinaryOperator binary) => BySymbol.First(pair => pair.Value == binary).Key;

    /// <summary>1 for the loosest. Operators of one level are read from the left; comparisons are not chained.</summary>
    public static int Precedence(this BinaryOperator binary) => binary switch
    {
        BinaryOperator.Or => 1,
        BinaryOperator.And => 2,
        BinaryOperator.Add or BinaryOperator.Subtract => 5,
        BinaryOperator.Multiply or BinaryOperator.Divide or BinaryOperator.Remainder => 6,
        _ => ComparisonPrecedence,
    };
}
