using Observe.Query.PromQL.Language;

namespace Observe.Query.PromQL.Evaluation;

/// <summary>Where the evaluation has its samples from.</summary>
public interface IMetricSource
{
    /// <summary>The series that a selector means, with their samples.</summary>
    /// <param name="selector">Its name and matchers; its offset and time are accounted for in the range.</param>
    /// <param name="range">Which samples.</param>
    /// <param name="memory">Where samples may be kept, for as long as the evaluation lasts.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Series with samples in that range, each once, in no order.</returns>
    Task<IReadOnlyList<SampledSeries>> SelectAsync(VectorSelector selector, SampleRange range, SampleMemory memory, CancellationToken cancellationToken);
}
