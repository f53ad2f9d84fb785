namespace Observe.Query.PromQL.Language;

/// <summary>Computes durations for a query whose step and range are known.</summary>
/// <param name="step">How far apart the evaluations are; zero in an instant query.</param>
/// <param name="range">From the first evaluation to the last; zero in an instant query.</param>
/// <param name="query">The query's text, for errors.</param>
public sealed class DurationEvaluator(TimeSpan step, TimeSpan range, string query)
{
    /// <summary>The longest duration: what Prometheus holds in 64 bits of nanoseconds, about 292 years.</summary>
    internal const double MaxSeconds = long.MaxValue / 1e9;

    /// <summary>A range or a step, which is longer than nothing.</summary>
    /// <exception cref="PromQLException">It is not, or it is no number or too long.</exception>
    public TimeSpan Length(DurationNode node)
    {
        double seconds = Bounded(node);
        return seconds > 0 ? ToTimeSpan(seconds) : throw Error(node, "A range or step is longer than 0.");
    }

    /// <summary>An offset, which may be negative; zero for null.</summary>
    /// <exception cref="PromQLException">It is no number or too long.</exception>
    public TimeSpan Offset(DurationNode? node) => node is null ? TimeSpan.Zero : ToTimeSpan(Bounded(node));

    /// <summary>Whether it comes to the same in every query.</summary>
    internal static bool IsConstant(DurationNode node) => node switch
    {
        DurationLiteral => true,
        NegatedDuration negated => IsConstant(negated.Operand),
        ParenthesizedDuration parenthesized => IsConstant(parenthesized.Inner),
        BinaryDuration binary => IsConstant(binary.Left) && IsConstant(binary.Right),
        _ => false,
    };

    private double Bounded(DurationNode node)
    {
        double seconds = Seconds(node);
        return double.IsFinite(seconds) ? Math.Abs(seconds) <= MaxSeconds ? seconds : throw Error(node, "This is longer than 292 years, the longest duration.")
            : throw Error(node, "This comes to no finite duration.");
    }

    private double Seconds(DurationNode node) => node switch
    {
        DurationLiteral literal => literal.Seconds,
        StepDuration => step.TotalSeconds,
        QueryRangeDuration => range.TotalSeconds,
        NegatedDuration negated => -Seconds(negated.Operand),
        ParenthesizedDuration parenthesized => Seconds(parenthesized.Inner),
        BinaryDuration binary => Binary(binary),
        _ => throw new ArgumentOutOfRangeException(nameof(node), node, "Not a node of a duration."),
    };

    private double Binary(BinaryDuration binary)
    {
        double left = Seconds(binary.Left);
        double right = Seconds(binary.Right);
        return binary.Operator switch
        {
            DurationOperator.Add => left + right,
            DurationOperator.Subtract => left - right,
            DurationOperator.Multiply => left * right,
            DurationOperator.Divide or DurationOperator.Modulo when right == 0 => throw Error(binary.Right, "This is 0, and nothing can be divided by it."),
            DurationOperator.Divide => left / right,
            DurationOperator.Modulo => left % right,
            DurationOperator.Power => Math.Pow(left, right),
            DurationOperator.MinOf => Math.Min(left, right),
            _ => Math.Max(left, right),
        };
    }

    private PromQLException Error(DurationNode node, string message) => new(message, query, node.Span);

    private static TimeSpan ToTimeSpan(double seconds) => new((long)Math.Round(seconds * TimeSpan.TicksPerSecond));
}
