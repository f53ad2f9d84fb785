using Observe.Query.Execution;
using Observe.Query.Time;
using Observe.Storage.Engine;

namespace Observe.Query.MetricBrowser;

/// <summary>Which metrics there are, as their series tell.</summary>
/// <remarks>
/// Series are noted by day, so an answer is about the days that a range touches, and says so. All members throw <see cref="StorageException"/> when the engine
/// fails or a limit ends the question, and what <see cref="IQueryEngine"/> throws when there are too many.
/// </remarks>
public interface IMetricBrowser
{
    /// <summary>Metrics in the order of their names; one of a name for each unit and type with which it is sent.</summary>
    Task<MetricList> ListAsync(MetricsRequest request, CancellationToken cancellationToken);

    /// <summary>The metrics of one name, with what is known of their labels.</summary>
    /// <param name="name">As it was sent.</param>
    /// <exception cref="UnknownMetricException">There is none in this time range; the message names what may be meant.</exception>
    Task<MetricDetails> DetailsAsync(string name, TimeRange range, CancellationToken cancellationToken);
}
