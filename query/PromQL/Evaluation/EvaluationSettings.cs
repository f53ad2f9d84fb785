using Observe.Query.PromQL.Language;

namespace Observe.Query.PromQL.Evaluation;

/// <summary>What a query is evaluated with besides its text.</summary>
/// <param name="Start">The first time of the whole query, which <c>@ start()</c> means, in nanoseconds since 1970.</param>
/// <param name="End">The last, which <c>@ end()</c> means.</param>
/// <param name="Durations">Computes the query's durations.</param>
/// <param name="Lookback">Samples of this age, in nanoseconds, or older count no more for an instant vector.</param>
/// <param name="SubqueryStep">The step of subqueries that name none, in nanoseconds.</param>
public sealed record EvaluationSettings(long Start, long End, DurationEvaluator Durations, long Lookback, long SubqueryStep)
{
    /// <summary>Prometheus's default: an exporter may miss four of its rounds of a minute.</summary>
    public const long DefaultLookback = 300 * PromQLTime.Second;

    /// <summary>Prometheus's default interval of evaluation.</summary>
    public const long DefaultSubqueryStep = 60 * PromQLTime.Second;

    /// <summary>Of a range or a step, in nanoseconds.</summary>
    public long Length(DurationNode duration) => Durations.Length(duration).Ticks * TimeSpan.NanosecondsPerTick;

    /// <summary>The times at which something is looked at in place of the grid's.</summary>
    /// <returns>The times, and whether it is one for all of the grid.</returns>
    public (Grid Times, bool IsConstant) Shift(Grid grid, AtModifier? at, DurationNode? offset)
    {
        long back = Durations.Offset(offset).Ticks * TimeSpan.NanosecondsPerTick;
        return at is null ? (grid.Back(back), false) : (Grid.At(Anchor(at) - back), true);
    }

    private long Anchor(AtModifier at) => at.Anchor switch
    {
        AtAnchor.Start => Start,
        AtAnchor.End => End,
        _ => PromQLTime.FromMilliseconds(at.UnixMilliseconds),
    };
}
