using Observe.Query.PromQL.Language;

namespace Observe.Query.PromQL.Evaluation.Operators;

/// <summary>What the operators compute of two numbers.</summary>
internal static class Arithmetic
{
    /// <summary>The result; of a comparison 1 or 0.</summary>
    public static double Apply(BinaryOperator binary, double left, double right) => binary switch
    {
        BinaryOperator.Add => left + right,
        BinaryOperator.Subtract => left - right,
        BinaryOperator.Multiply => left * right,
        BinaryOperator.Divide => left / right,
        BinaryOperator.Modulo => left % right,
        BinaryOperator.Power => Math.Pow(left, right),
        BinaryOperator.Atan2 => Math.Atan2(left, right),
        _ => Holds(binary, left, right) ? 1 : 0,
    };

    /// <summary>Whether a comparison holds.</summary>
    public static bool Holds(BinaryOperator comparison, double left, double right) => comparison switch
    {
        BinaryOperator.Equal => left == right,
        BinaryOperator.NotEqual => left != right,
        BinaryOperator.Less => left < right,
        BinaryOperator.LessOrEqual => left <= right,
        BinaryOperator.Greater => left > right,
        BinaryOperator.GreaterOrEqual => left >= right,
        _ => throw new ArgumentOutOfRangeException(nameof(comparison), comparison, "Not a comparison of numbers."),
    };
}
