using Observe.Query.PromQL.Evaluation;

namespace Observe.Query.PromQL;

/// <summary>Answers PromQL over the metrics that are stored.</summary>
/// <remarks>All members throw <see cref="Language.PromQLException"/> for a query that is not understood and <see cref="PromQLEvaluationException"/> for one that has no answer.</remarks>
public interface IPromQLService
{
    /// <summary>Evaluates at one time.</summary>
    /// <param name="query">Of any type.</param>
    /// <param name="time">In nanoseconds since 1970.</param>
    /// <param name="lookback">Samples of this age, in nanoseconds, or older count no more; null for the default.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<PromQLAnswer> InstantAsync(string query, long time, long? lookback, CancellationToken cancellationToken);

    /// <summary>Evaluates at each time of a range.</summary>
    /// <param name="query">A scalar or an instant vector.</param>
    /// <param name="grid">The times.</param>
    /// <param name="lookback">Samples of this age, in nanoseconds, or older count no more; null for the default.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<PromQLAnswer> RangeAsync(string query, Grid grid, long? lookback, CancellationToken cancellationToken);
}
