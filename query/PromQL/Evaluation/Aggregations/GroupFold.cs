namespace Observe.Query.PromQL.Evaluation.Aggregations;

/// <summary>Aggregates the series of one group to one series: takes them one after the other, and keeps what it needs for each time.</summary>
internal abstract class GroupFold
{
    public abstract void Add(Series series);

    /// <param name="labels">The group's.</param>
    public abstract Series Build(Labels labels);
}
