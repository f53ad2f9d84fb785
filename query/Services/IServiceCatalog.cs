using Observe.Query.Time;

namespace Observe.Query.Services;

/// <summary>Which services there are and how they do.</summary>
public interface IServiceCatalog
{
    /// <summary>Every service that sent logs or spans in the range, in order of its name.</summary>
    Task<IReadOnlyList<ServiceSummary>> GetServicesAsync(TimeRange range, CancellationToken cancellationToken);
}
