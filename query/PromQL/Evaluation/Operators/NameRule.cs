using Observe.Query.PromQL.Language;

namespace Observe.Query.PromQL.Evaluation.Operators;

internal static class NameRule
{
    /// <summary>Whether what is left is still the metric's: values that a comparison has let through, and a part of a histogram.</summary>
    public static bool KeepsName(this BinaryOperator binary, bool returnsBool) => (binary.IsComparison() && !returnsBool) || binary.IsTrim();
}
