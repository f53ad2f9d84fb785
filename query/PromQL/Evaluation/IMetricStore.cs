namespace Observe.Query.PromQL.Evaluation;

/// <summary>What queries are asked of.</summary>
public interface IMetricStore
{
    /// <summary>Where one query has its samples from: what all its pieces need, such as the series that it means, is read once.</summary>
    /// <param name="times">Which samples its selectors need in all.</param>
    /// <param name="log">Takes what the user should know of what is stored.</param>
    IMetricSource Open(SelectorTimes times, AnnotationLog log);
}
