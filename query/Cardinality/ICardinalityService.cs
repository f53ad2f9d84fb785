using Observe.Storage.Engine;

namespace Observe.Query.Cardinality;

/// <summary>Which metrics have many series, which of their attributes make them, and what grows.</summary>
public interface ICardinalityService
{
    /// <exception cref="StorageException">The engine failed.</exception>
    Task<CardinalityAnswer> GetAsync(CardinalityRequest request, CancellationToken cancellationToken);
}
