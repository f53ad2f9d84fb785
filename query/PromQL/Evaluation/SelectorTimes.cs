using Observe.Query.PromQL.Language;

namespace Observe.Query.PromQL.Evaluation;

/// <summary>Which samples each selector of a query needs for all of its times, however they are cut into pieces.</summary>
/// <remarks>It is known before anything is read, by the same rules by which <see cref="Evaluator"/> goes from a part of the query to the next.</remarks>
public sealed class SelectorTimes
{
    private readonly Dictionary<VectorSelector, SampleRange> _ranges = [];
    private readonly EvaluationSettings _settings;

    private SelectorTimes(EvaluationSettings settings) => _settings = settings;

    /// <summary>The samples of a selector, which may stand in the query more than once.</summary>
    public SampleRange this[VectorSelector selector] => _ranges[selector];

    /// <param name="expression">The query.</param>
    /// <param name="grid">The times at which it is evaluated.</param>
    /// <param name="settings">What its durations mean.</param>
    public static SelectorTimes Of(Expression expression, Grid grid, EvaluationSettings settings)
    {
        var times = new SelectorTimes(settings);
        times.Visit(expression, grid.Start, grid.End);
        return times;
    }

    private void Visit(Expression expression, long start, long end)
    {
        switch (expression)
        {
            case VectorSelector selector:
                Add(selector, start, end, _settings.Lookback);
                break;
            case RangeSelector range:
                Add(range.Selector, start, end, _settings.Length(range.Range));
                break;
            case Subquery subquery:
                (start, end) = Shift(start, end, subquery.At, subquery.Offset);
                Visit(subquery.Operand, start - _settings.Length(subquery.Range), end);
                break;
            default:
                foreach (Expression part in expression.Parts())
                {
                    Visit(part, start, end);
                }

                break;
        }
    }

    private void Add(VectorSelector selector, long start, long end, long back)
    {
        (start, end) = Shift(start, end, selector.At, selector.Offset);
        var range = new SampleRange(start - back, end);
        _ranges[selector] = _ranges.TryGetValue(selector, out SampleRange other)
            ? new SampleRange(Math.Min(range.From, other.From), Math.Max(range.To, other.To))
            : range;
    }

    private (long Start, long End) Shift(long start, long end, AtModifier? at, DurationNode? offset) =>
        (_settings.Shift(Grid.At(start), at, offset).Times.Start, _settings.Shift(Grid.At(end), at, offset).Times.End);
}
