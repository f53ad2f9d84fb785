using Observe.Query.Time;

namespace Observe.Query.Services;

/// <summary>Finds out who calls whom.</summary>
public interface IServiceMapReader
{
    /// <summary>The calls that were served in the range, and those of the range that nobody's span answers.</summary>
    Task<ServiceMap> GetAsync(TimeRange range, CancellationToken cancellationToken);
}
