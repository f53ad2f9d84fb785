namespace Observe.Query.Correlation;

/// <summary>Finds everything that carries an id, over logs and spans and over all time kept.</summary>
public interface ICorrelationService
{
    /// <exception cref="FormatException">There is no id in the text; the message says why.</exception>
    /// <exception cref="Storage.Engine.StorageException">The engine fails, or a limit on time or memory ends a statement.</exception>
    Task<CorrelationTimeline> GetAsync(CorrelationRequest request, CancellationToken cancellationToken);
}
