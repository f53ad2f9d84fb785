using System.Globalization;
using Observe.Query.Compilation.Targets;
using Observe.Query.Language;

namespace Observe.Query.Compilation.Pipeline;

/// <summary>Turns an aggregate of <c>stats</c> into SQL.</summary>
/// <remarks>
/// Quantiles are <c>quantileTDigest</c>'s: exact in small groups; in large ones the error is largest in the middle of a distribution, about 1 % of
/// the rank there, and a tenth of that from p95 on. <c>distinct</c> is exact up to 65,536 values, and within about 1 % above (<c>uniqCombined64</c>).
/// </remarks>
internal sealed class AggregateCompiler(PipelineContext context, PipelineScope scope)
{
    private readonly ParameterBag _parameters = context.Parameters;

    /// <param name="node">The aggregate.</param>
    /// <param name="seconds">SQL of the seconds that a group's rows are spread over, for rates.</param>
    /// <exception cref="QuerySyntaxException">The field has no values that can be aggregated so.</exception>
    public (string Sql, ValueKind Kind) Compile(AggregateNode node, string seconds)
    {
        switch (node.Function)
        {
            case AggregateFunction.Count:
                return (Count(node), ValueKind.Number);
            case AggregateFunction.Rate:
                SeriesStages.CheckRate(scope, node);
                return ($"({Count(node)} / {seconds})", ValueKind.Number);
        }

        FieldTarget target = context.Resolve(scope, node.Field!);
        ValueKind kind = target.Kind == ValueKind.Duration ? ValueKind.Duration : ValueKind.Number;
        return node.Function switch
        {
            AggregateFunction.Sum => ($"sumOrNull(toFloat64({Number(node, target)}))", kind),
            AggregateFunction.Avg => ($"avgOrNull(toFloat64({Number(node, target)}))", kind),
            AggregateFunction.StdDev => ($"stddevPopStableOrNull(toFloat64({Number(node, target)}))", kind),
            AggregateFunction.Quantile => (Quantile(node, target), kind),
            AggregateFunction.Min => Extreme("minOrNull", "argMinOrNull", node, target),
            AggregateFunction.Max => Extreme("maxOrNull", "argMaxOrNull", node, target),
            AggregateFunction.Distinct => ($"ifNull(uniqCombined64(20)({target.AsValue(_parameters)}), 0)", ValueKind.Number),
            AggregateFunction.First => ($"argMinOrNull({target.AsValue(_parameters)}, {Time(node)})", target.Kind),
            AggregateFunction.Last => ($"argMaxOrNull({target.AsValue(_parameters)}, {Time(node)})", target.Kind),
            AggregateFunction.Values => ($"arraySort(groupUniqArray({Most(node)})({target.AsText(_parameters)}))", ValueKind.List),
            _ => throw new ArgumentOutOfRangeException(nameof(node), node, "Not an aggregate."),
        };
    }

    private string Count(AggregateNode node) => node.Filter is null ? "count()" : $"countIf({context.Filter(scope, node.Filter)})";

    private string Quantile(AggregateNode node, FieldTarget target) =>
        $"toFloat64(quantileTDigestOrNull({ParameterBag.Constant(node.Parameter!.Value)})(toFloat64({Number(node, target)})))";

    private static string Most(AggregateNode node) => ((long)node.Parameter!.Value).ToString(CultureInfo.InvariantCulture);

    /// <summary>Of values whose type differs from record to record, the numbers are compared.</summary>
    private (string Sql, ValueKind Kind) Extreme(string function, string functionByRank, AggregateNode node, FieldTarget target)
    {
        if (target.Kind == ValueKind.Any)
        {
            return ($"{function}({Number(node, target)})", ValueKind.Number);
        }

        string value = target.AsValue(_parameters);
        return target.Rank(_parameters, value) is { } rank
            ? ($"{functionByRank}({value}, {rank})", target.Kind)
            : ($"{function}({value})", target.Kind);
    }

    private string Number(AggregateNode node, FieldTarget target) => target.AsNumber(_parameters)
        ?? throw new QuerySyntaxException($"{node.Field!.Name} has no numbers, so it has no {node.Function.Name()}.", node.Field.Span);

    private string Time(AggregateNode node) =>
        scope.RequireTime($"Rows have no time here, so there is no {node.Function.Name()}: sort and limit, or take min or max.", node.Span);
}
