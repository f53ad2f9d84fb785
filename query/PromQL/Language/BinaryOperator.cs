namespace Observe.Query.PromQL.Language;

/// <summary>Operators with two operands.</summary>
public enum BinaryOperator
{
    Add,
    Subtract,
    Multiply,
    Divide,

    /// <summary><c>%</c>: the remainder, with the sign of the dividend.</summary>
    Modulo,

    Power,
    Atan2,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    And,
    Or,
    Unless,

    /// <summary><c>&lt;/</c>: a histogram without the observations above a number.</summary>
    TrimUpper,

    /// <summary><c>>/</c>: a histogram without the observations below a number.</summary>
    TrimLower,
}
